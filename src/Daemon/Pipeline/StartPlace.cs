namespace Streaming.Daemon.Pipeline;

/// <summary>Where and how a task starts.</summary>
/// <param name="ReadFrom">Offset of the first record it reads.</param>
/// <param name="NewFrom">Offset of the first record that is new to the group: what lies before is read again, to make
/// what is not stored; not before ReadFrom.</param>
/// <param name="LiveFrom">Offset from which it publishes; not before NewFrom, after it where a new deployment reads
/// history.</param>
/// <param name="Committed">Offset the group has committed; null where there is none.</param>
/// <param name="Reading">How carefully it reads, and what it passes over.</param>
internal readonly record struct StartPlace(
    long ReadFrom, long NewFrom, long LiveFrom, long? Committed, Reading Reading);

namespace Streaming.Daemon.Pipeline;

/// <summary>Where and how a task starts.</summary>
/// <param name="ReadFrom">Offset of the first record it reads.</param>
/// <param name="LiveFrom">Offset from which it publishes; not before ReadFrom.</param>
/// <param name="HistoryFrom">Offset at which the history begins that a new deployment reads silently before it
/// publishes; null where there is none, or that is done.</param>
/// <param name="Committed">Offset the group has committed; null where there is none.</param>
/// <param name="Reading">How carefully it reads, and what it passes over.</param>
internal readonly record struct StartPlace(
    long ReadFrom, long LiveFrom, long? HistoryFrom, long? Committed, Reading Reading);

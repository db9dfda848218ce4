namespace Streaming.Daemon.Pipeline;

/// <summary>What a commit may store of the series of all its tasks.</summary>
/// <param name="NowMs">Now, in ms of the clock of commits.</param>
/// <param name="IsDraining">Whether all is to be stored, however young.</param>
/// <param name="IsOver">Whether it has stored for as long as it may: the rest waits for the next commit.</param>
internal readonly record struct StoreTurn(long NowMs, bool IsDraining, Func<bool> IsOver);

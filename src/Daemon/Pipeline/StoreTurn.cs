namespace Streaming.Daemon.Pipeline;

/// <summary>What a commit may store of the series of all its tasks.</summary>
/// <param name="NowMs">Now, in ms of the clock of commits.</param>
/// <param name="IsDraining">Whether all is to be stored, however young.</param>
/// <param name="Pace">How much: told of what is stored.</param>
internal readonly record struct StoreTurn(long NowMs, bool IsDraining, StorePace Pace);

namespace Streaming.Daemon.Configuration;

/// <summary>How many series a partition takes, and why no more. The same on every instance: what is refused follows from
/// log and configuration.</summary>
/// <param name="Series">Series, at least 1.</param>
/// <param name="Bytes">What they take once all windows are full.</param>
/// <param name="Limit">What sets the bound, for people.</param>
internal readonly record struct SeriesRoom(int Series, long Bytes, string Limit);

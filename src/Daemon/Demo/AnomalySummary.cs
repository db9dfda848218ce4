namespace Streaming.Daemon.Demo;

/// <summary>Labelled windows, and those of them that an alarm found.</summary>
internal sealed record AnomalySummary(int Labelled, int Found);

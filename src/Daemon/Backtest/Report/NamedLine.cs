namespace Streaming.Daemon.Backtest.Report;

/// <summary>A line of a chart.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="Values">Null where there is a gap.</param>
internal sealed record NamedLine(string Name, IReadOnlyList<double?> Values);

namespace Streaming.Daemon.Backtest.Report;

/// <summary>Lines over time.</summary>
/// <param name="Horizon">In steps; 0 where it does not depend on one.</param>
/// <param name="Times">Of each value.</param>
/// <param name="Lines">Each with as many values.</param>
internal sealed record TimeLines(int Horizon, IReadOnlyList<long> Times, IReadOnlyList<NamedLine> Lines);

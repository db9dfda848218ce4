using Streaming.Daemon.Backtest.Report;

namespace Streaming.Daemon.Backtest;

/// <summary>What came of one file.</summary>
/// <param name="File">The file.</param>
/// <param name="Network">Its network, in words.</param>
/// <param name="Results">Scores at each horizon that was asked for.</param>
internal sealed record FileBacktest(BacktestFile File, string Network, IReadOnlyList<BacktestResult> Results)
{
    /// <summary>Its part of the page; null: none was asked for.</summary>
    public FileReport? Report { get; init; }
}

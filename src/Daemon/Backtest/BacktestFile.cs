using Streaming.Daemon.Pretraining;
using Streaming.Inference.Series;

namespace Streaming.Daemon.Backtest;

/// <summary>A file that was read and is worth replaying.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Protocol">Which rows are scored.</param>
/// <param name="Series">Its series that have values.</param>
/// <param name="IsGroup">Whether they are forecast from one another, too.</param>
/// <param name="Rows">Starts of its steps, in ticks, ascending: each once, whatever the number of series.</param>
/// <param name="Split">Its rows under the protocol.</param>
internal sealed record BacktestFile(
    string Path, BacktestProtocol Protocol, IReadOnlyList<FoundSeries> Series, bool IsGroup, long[] Rows,
    RowSplit Split)
{
    /// <summary>Its name, without folders.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>What lies between two rows, in ticks; on average in event mode.</summary>
    public long StepTicks => Series[0].Profile.StepTicks is > 0 and var ticks ? ticks : MeanSpacing(Rows);

    /// <summary>Start of the first row past those that set the unit of scores.</summary>
    public long TrainEndTicks => TicksOf(Split.TrainEnd);

    /// <summary>Start of the first row that is scored.</summary>
    public long OnlineTicks => TicksOf(Split.OnlineStart);

    /// <summary>Start of the first row that is not used.</summary>
    public long EndTicks => TicksOf(Split.End);

    /// <summary>The step that an observation falls into.</summary>
    public static long StartOf(SeriesProfile profile, long timeTicks) =>
        profile.IsEventMode ? timeTicks : profile.StartOf(profile.IndexOf(timeTicks));

    /// <summary>What lies between two times on average, at least a tick.</summary>
    public static long MeanSpacing(long[] times) => Math.Max((times[^1] - times[0]) / Math.Max(times.Length - 1, 1), 1);

    private long TicksOf(int row) => row < Rows.Length ? Rows[row] : long.MaxValue;
}

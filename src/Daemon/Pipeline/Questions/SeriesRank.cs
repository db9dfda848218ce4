using Streaming.Inference.Series;

namespace Streaming.Daemon.Pipeline.Questions;

/// <summary>One series in a list of all: what it is sorted by, and what a line tells.</summary>
/// <param name="Id">Its id, UTF-8; shared with the series, not to be changed.</param>
/// <param name="Partition">Its partition.</param>
/// <param name="Kind">Number of its kind, in the order of the rules.</param>
/// <param name="Progress">How far it is from forecasts to rely on.</param>
/// <param name="StepTicks">Length of its step in ticks; 0: one step a record.</param>
/// <param name="TimeTicks">Start of its newest step, in UTC ticks; 0 before the first.</param>
/// <param name="Value">Value of that step, in its unit; NaN before the first.</param>
/// <param name="Unit">What that is measured in; null: unknown.</param>
/// <param name="ErrorRatio">Its errors against seasonal naive; NaN until enough are known.</param>
/// <param name="Score">Anomaly score of its newest value; NaN where it has none.</param>
internal readonly record struct SeriesRank(
    byte[] Id, int Partition, int Kind, SeriesProgress Progress, long StepTicks, long TimeTicks, double Value,
    MeasureUnit? Unit, double ErrorRatio, float Score)
{
    /// <summary>What is told of a series now.</summary>
    public static SeriesRank Of(PartitionTask task, SeriesState series, ForecasterSettings settings)
    {
        SeriesIdentity identity = SeriesIdentity.Of(series);
        bool hasStep = series.Steps > 0;
        return new(
            identity.Id, task.Partition, identity.Kind, SeriesProgress.Of(series, settings),
            series.Profile.StepTicks, hasStep ? series.TimeTicks : 0, hasStep ? series.Window.Ago(0) : double.NaN,
            series.StepUnit, identity.Live.ErrorRatio, hasStep ? identity.Live.Score : float.NaN);
    }
}

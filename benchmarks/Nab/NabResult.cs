using Streaming.Inference.Anomalies;
using Streaming.Inference.Series;

namespace Benchmarks.Nab;

/// <summary>What alarms are worth over all files.</summary>
/// <param name="Files">Files replayed.</param>
/// <param name="Best">At the threshold that serves best, the same for all files.</param>
/// <param name="Shipped">At the threshold that ships.</param>
/// <param name="Thresholds">At all that were tried, ascending.</param>
/// <param name="PerFile">Each file at the threshold that ships.</param>
internal sealed record NabResult(int Files, NabRow Best, NabRow Shipped, NabRow[] Thresholds, NabFileRow[] PerFile);

/// <summary>What alarms at one threshold are worth.</summary>
/// <param name="Threshold">Least score of an alarm.</param>
/// <param name="Score">NAB's, standard profile.</param>
/// <param name="Found">Windows with an alarm.</param>
/// <param name="Windows">All windows.</param>
/// <param name="False">Alarms outside windows, after NAB's probation.</param>
/// <param name="Alarms">All alarms, those of the probation included.</param>
/// <param name="PerSeriesDay">Alarms a series and day.</param>
internal sealed record NabRow(
    double Threshold, double Score, int Found, int Windows, int False, int Alarms, double PerSeriesDay);

/// <summary>Alarms of one file, by kind.</summary>
internal sealed record NabFileRow(
    string File, int Found, int Windows, int False, int Spikes, int LevelShifts, int Gaps, double PerDay)
{
    /// <summary>Counts what was said of a file.</summary>
    public static NabFileRow Of(NabFile file, ForecastBlock.Head[] said)
    {
        var scorer = new NabScorer();
        scorer.Add(file, [.. said.Select(head => head.IsAnomaly ? 1.0 : 0)]);
        NabScore score = scorer.At(1);
        return new(
            file.Name, score.Found, score.Windows, score.FalseDetections, Count(AnomalyKind.Spike),
            Count(AnomalyKind.LevelShift), Count(AnomalyKind.Gap),
            Math.Round(said.Count(head => head.IsAnomaly) / file.Days, 2));

        int Count(AnomalyKind kind) => said.Count(head => head.Alarm == kind);
    }
}

using Streaming.Inference.Anomalies;
using Streaming.Inference.Series;

namespace Streaming.Daemon.Pipeline.Questions;

/// <summary>All of one series; nothing where the lane does not have it.</summary>
/// <param name="id">Its id, UTF-8.</param>
/// <param name="withHistory">Whether its last steps are wanted, too.</param>
internal sealed class SeriesQuestion(byte[] id, bool withHistory) : LaneQuestion<SeriesReport?>
{
    protected override bool TryAnswer(LaneView lane, out SeriesReport? found)
    {
        found = lane.Find(id) is var (task, series) ? Of(task, series, lane) : null;
        return true;
    }

    private SeriesReport Of(PartitionTask task, SeriesState series, LaneView lane)
    {
        HistoryRing? ring = withHistory ? lane.History.Look(series, task.Partition) : null;
        return new(
            SeriesRank.Of(task, series, lane.Settings),
            task.IsReplaying ? Math.Max(0, task.LiveFrom - task.NextOffset) : 0,
            SeriesFan.Of(series, lane), WeightsOf(series, ring, lane), withHistory ? PointsOf(series, ring) : [],
            ring is not null);
    }

    private static KeyValuePair<string, float>[] WeightsOf(SeriesState series, HistoryRing? ring, LaneView lane)
    {
        ReadOnlySpan<string> names = lane.ExpertsOf(series);
        ReadOnlySpan<float> weights = ring is null ? default : ring.Weights;
        var known = new KeyValuePair<string, float>[Math.Min(names.Length, weights.Length)];
        for (int e = 0; e < known.Length; e++)
        {
            known[e] = new(names[e], weights[e]);
        }

        return known;
    }

    /// <summary>The steps of the window that came before what the ring has, as far as there are, and the ring.</summary>
    private static List<HistoryPoint> PointsOf(SeriesState series, HistoryRing? ring)
    {
        int remembered = ring?.Count ?? 0;
        long first = remembered > 0 ? ring![0].TimeTicks : long.MaxValue;
        var points = new List<HistoryPoint>(series.Window.Count + remembered);
        for (int ago = series.Window.Count - 1; ago >= 0; ago--)
        {
            long time = TimeOf(series, ago);
            if (time >= first)
            {
                break;
            }

            double value = series.Window.IsHeldAgo(ago) ? double.NaN : series.Window.Ago(ago);
            points.Add(new(
                time, value, double.NaN, double.NaN, double.NaN, double.NaN, float.NaN, AnomalyKind.None));
        }

        for (int at = 0; at < remembered; at++)
        {
            points.Add(ring![at]);
        }

        return points;
    }

    private static long TimeOf(SeriesState series, int stepsAgo)
    {
        SeriesProfile profile = series.Profile;
        return profile.IsEventMode
            ? series.Window.TimeAgo(stepsAgo)
            : profile.StartOf(profile.IndexOf(series.TimeTicks) - stepsAgo);
    }
}

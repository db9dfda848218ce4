using Streaming.Training.Preparation;

namespace Streaming.Daemon.Pretraining;

/// <summary>How far apart the observations of a file are.</summary>
internal static class StepInference
{
    /// <summary>The most frequent spacing of times within a series, in ticks; the least of several.</summary>
    /// <param name="series">The series of one file; spacings are counted over all of them.</param>
    /// <returns>Null where no series has two times.</returns>
    public static long? MostFrequentSpacing(IReadOnlyList<RawSeries> series)
    {
        var counts = new Dictionary<long, int>();
        foreach (long[] times in series.Select(found => found.TimeTicks))
        {
            for (int n = 1; n < times.Length; n++)
            {
                long spacing = times[n] - times[n - 1];
                if (spacing > 0)
                {
                    counts[spacing] = counts.GetValueOrDefault(spacing) + 1;
                }
            }
        }

        return counts.Count == 0
            ? null
            : counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).First().Key;
    }
}

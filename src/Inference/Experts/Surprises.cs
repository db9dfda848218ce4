namespace Streaming.Inference.Experts;

/// <summary>How large errors have been of late, for each horizon from it and shorter ones, which are known sooner.
/// </summary>
/// <remarks>Of a horizon, of the longest of at most half of it, and so on: each doubling counts once, whatever the list.
/// Room of a lane, for one series after another.</remarks>
internal sealed class Surprises
{
    /// <summary>However calm it has been, the next error may be as large as ever.</summary>
    private const double Least = 0.25;

    private readonly int[] halves;
    private readonly double[] sums;
    private readonly int[] counts;

    /// <param name="horizons">In steps, ascending, [K].</param>
    public Surprises(ReadOnlySpan<int> horizons)
    {
        halves = new int[horizons.Length];
        (sums, counts) = (new double[horizons.Length], new int[horizons.Length]);
        for (int k = 0; k < halves.Length; k++)
        {
            halves[k] = k - 1;
            while (halves[k] >= 0 && 2 * horizons[halves[k]] > horizons[k])
            {
                halves[k]--;
            }

            counts[k] = 1 + (halves[k] >= 0 ? counts[halves[k]] : 0);
        }
    }

    /// <summary>Takes those of a series.</summary>
    public void Take(IntervalTracker intervals)
    {
        for (int k = 0; k < sums.Length; k++)
        {
            sums[k] = intervals.SurpriseAt(k) + (halves[k] >= 0 ? sums[halves[k]] : 0);
        }
    }

    /// <summary>The mean for a horizon, in sizes.</summary>
    public double At(int horizon) => Math.Max(sums[horizon] / counts[horizon], Least);
}

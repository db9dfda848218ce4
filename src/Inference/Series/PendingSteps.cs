using System.Runtime.InteropServices;

namespace Streaming.Inference.Series;

/// <summary>Pending steps of one task in the order of the log, and their division into waves.</summary>
/// <remarks>
/// Wave n holds the n-th pending step of every series that has so many, so each series is in it at most once. How
/// steps fall into waves changes no result: a step reads its own series only. News of silence are in none. Reused; not
/// thread-safe.
/// </remarks>
public sealed class PendingSteps
{
    private const int NoWave = -1;

    private readonly List<PendingStep> steps = [];
    private readonly List<int> waves = [];
    private readonly List<int> starts = [];
    private int[] order = [];
    private double[] covariates = [];
    private int covariatesUsed;

    /// <summary>Pending steps.</summary>
    public int Count => steps.Count;

    /// <summary>All pending steps, in the order of the log.</summary>
    public ReadOnlySpan<PendingStep> Steps => CollectionsMarshal.AsSpan(steps);

    /// <summary>Waves that <see cref="FormWaves"/> made.</summary>
    public int WaveCount { get; private set; }

    /// <summary>Adds a step; those of one series in the order of their time.</summary>
    public void Add(in PendingStep step)
    {
        steps.Add(step);
        waves.Add(step.IsSilence ? NoWave : step.Series.NextWave++);
    }

    /// <summary>Room for the covariates of a step, kept until the steps are dropped.</summary>
    /// <param name="count">Covariates, C.</param>
    public Memory<double> Rent(int count)
    {
        if (covariates.Length - covariatesUsed < count)
        {
            (covariates, covariatesUsed) = (new double[Math.Max(64 * count, 2 * covariates.Length)], 0); // steps keep the old
        }

        covariatesUsed += count;
        return covariates.AsMemory(covariatesUsed - count, count);
    }

    /// <summary>Divides the pending steps into waves.</summary>
    public void FormWaves()
    {
        starts.Clear();
        foreach (int wave in waves)
        {
            while (wave != NoWave && starts.Count < wave + 2)
            {
                starts.Add(0);
            }

            if (wave != NoWave)
            {
                starts[wave + 1]++;
            }
        }

        WaveCount = Math.Max(starts.Count - 1, 0);
        for (int w = 0; w < WaveCount; w++)
        {
            starts[w + 1] += starts[w];
        }

        Place();
    }

    /// <summary>Places in <see cref="Steps"/> of the steps of a wave, ascending.</summary>
    public ReadOnlySpan<int> Wave(int wave) =>
        order.AsSpan(wave == 0 ? 0 : starts[wave - 1], starts[wave] - (wave == 0 ? 0 : starts[wave - 1]));

    /// <summary>Drops all pending steps.</summary>
    public void Clear()
    {
        foreach (PendingStep step in steps)
        {
            step.Series.NextWave = 0;
        }

        steps.Clear();
        waves.Clear();
        (WaveCount, covariatesUsed) = (0, 0);
    }

    private void Place()
    {
        if (order.Length < steps.Count)
        {
            order = new int[Math.Max(steps.Count, 2 * order.Length)];
        }

        for (int i = 0; i < waves.Count; i++)
        {
            if (waves[i] != NoWave)
            {
                order[starts[waves[i]]++] = i; // afterwards a wave's start has become its end
            }
        }
    }
}

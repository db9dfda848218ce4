using System.Runtime.InteropServices;

namespace Streaming.Inference.Series;

/// <summary>Pending steps of one task in the order of the log, and their division into waves.</summary>
/// <remarks>
/// The n-th pending step of every series that has so many goes into one wave, so each series is in it at most once; where
/// steps are under several versions, each of these has a wave of its own. How steps fall into waves changes no result: a
/// step reads its own series only. News of silence are in none. Reused; not thread-safe.
/// </remarks>
public sealed class PendingSteps
{
    private const int NoWave = -1;

    private readonly List<PendingStep> steps = [];
    private readonly List<int> waves = [];
    private readonly List<int> versions = [];
    private readonly List<int> starts = [];
    private int[] order = [];
    private double[] room = [];
    private int roomUsed;

    /// <summary>Pending steps.</summary>
    public int Count => steps.Count;

    /// <summary>All pending steps, in the order of the log.</summary>
    public ReadOnlySpan<PendingStep> Steps => CollectionsMarshal.AsSpan(steps);

    /// <summary>Waves that <see cref="FormWaves"/> made.</summary>
    public int WaveCount { get; private set; }

    /// <summary>Versions that steps are under, at most: numbers below it.</summary>
    public int VersionCount { get; private set; } = 1;

    /// <summary>Adds a step, under version 0; those of one series in the order of their time.</summary>
    public void Add(in PendingStep step)
    {
        steps.Add(step);
        waves.Add(step.IsSilence ? NoWave : step.Series.NextWave++);
        versions.Add(0);
    }

    /// <summary>Puts a step under a version.</summary>
    /// <param name="step">Place of the step.</param>
    /// <param name="version">The caller's number of the version, from 0.</param>
    public void SetVersion(int step, int version)
    {
        versions[step] = version;
        VersionCount = Math.Max(VersionCount, version + 1);
    }

    /// <summary>Room for what a step brings along beside its value, kept until the steps are dropped.</summary>
    /// <param name="count">Numbers.</param>
    public Memory<double> Rent(int count)
    {
        if (room.Length - roomUsed < count)
        {
            (room, roomUsed) = (new double[Math.Max(64 * count, 2 * room.Length)], 0); // steps keep the old
        }

        roomUsed += count;
        return room.AsMemory(roomUsed - count, count);
    }

    /// <summary>Divides the pending steps into waves.</summary>
    public void FormWaves()
    {
        starts.Clear();
        for (int i = 0; i < waves.Count; i++)
        {
            int wave = WaveOf(i);
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

    /// <summary>Places in <see cref="Steps"/> of the steps of a wave, ascending; there may be none.</summary>
    public ReadOnlySpan<int> Wave(int wave) =>
        order.AsSpan(wave == 0 ? 0 : starts[wave - 1], starts[wave] - (wave == 0 ? 0 : starts[wave - 1]));

    /// <summary>Number of the version that the steps of a wave are under.</summary>
    public int VersionOfWave(int wave) => wave % VersionCount;

    /// <summary>Number of the version that a step is under.</summary>
    public int VersionOfStep(int step) => versions[step];

    /// <summary>Drops all pending steps.</summary>
    public void Clear()
    {
        foreach (PendingStep step in steps)
        {
            step.Series.NextWave = 0;
        }

        steps.Clear();
        waves.Clear();
        versions.Clear();
        (WaveCount, VersionCount, roomUsed) = (0, 1, 0);
    }

    private int WaveOf(int step) =>
        waves[step] == NoWave ? NoWave : (waves[step] * VersionCount) + versions[step];

    private void Place()
    {
        if (order.Length < steps.Count)
        {
            order = new int[Math.Max(steps.Count, 2 * order.Length)];
        }

        for (int i = 0; i < waves.Count; i++)
        {
            if (WaveOf(i) is var wave and not NoWave)
            {
                order[starts[wave]++] = i; // afterwards a wave's start has become its end
            }
        }
    }
}

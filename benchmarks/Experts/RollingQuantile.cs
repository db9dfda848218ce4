namespace Benchmarks.Experts;

/// <summary>The plain way to an interval: the last residuals of one horizon, sorted, and their quantiles.</summary>
internal sealed class RollingQuantile(int capacity)
{
    private readonly float[] arrived = new float[capacity];
    private readonly float[] sorted = new float[capacity];
    private int next;

    /// <summary>Residuals held.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a residual; when full the oldest goes.</summary>
    public void Add(double residual)
    {
        float value = (float)residual + 0f; // one zero only, so that order tells all
        int gap = Count;
        if (Count == capacity)
        {
            gap = Array.BinarySearch(sorted, 0, Count, arrived[next]);
        }
        else
        {
            Count++;
        }

        arrived[next] = value;
        next = next + 1 == capacity ? 0 : next + 1;
        Move(value, gap);
    }

    /// <summary>The quantile of a level, interpolated between order statistics at level · (n + 1).</summary>
    /// <param name="level">In (0, 1).</param>
    /// <returns>Zero while there is no residual.</returns>
    public double Quantile(double level)
    {
        if (Count == 0)
        {
            return 0;
        }

        double place = Math.Clamp((level * (Count + 1)) - 1, 0, Count - 1);
        int below = (int)place;
        int above = Math.Min(below + 1, Count - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }

    private void Move(float value, int gap)
    {
        while (gap > 0 && sorted[gap - 1] > value)
        {
            sorted[gap] = sorted[gap - 1];
            gap--;
        }

        while (gap + 1 < Count && sorted[gap + 1] < value)
        {
            sorted[gap] = sorted[gap + 1];
            gap++;
        }

        sorted[gap] = value;
    }
}

using Streaming.Inference.Series;
using Streaming.Inference.Series.Codec;

namespace Streaming.Inference.Experts;

/// <summary>The last residuals of one horizon, kept sorted, and their quantiles.</summary>
/// <remarks>
/// Residuals are (actual − forecast) in units of the scale at the time of the forecast. One step costs one search and
/// two short moves; reading a quantile costs nothing. Quantiles of one window never cross.
/// </remarks>
internal sealed class ResidualWindow(int capacity)
{
    private const float Limit = 1e6f;

    private readonly float[] arrived = new float[capacity];
    private readonly float[] sorted = new float[capacity];
    private int next;

    /// <summary>Residuals held.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of it and its arrays.</summary>
    public long Bytes => SeriesMemory.ResidualObjectBytes + (2 * SeriesMemory.ArrayOf<float>(capacity));

    /// <summary>Adds a residual; when full the oldest goes.</summary>
    public void Add(double residual)
    {
        float value = Math.Clamp((float)residual, -Limit, Limit) + 0f; // one zero only, so that order tells all
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
    /// <returns>In units of scale; zero while there is no residual.</returns>
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

    /// <summary>Forgets all residuals.</summary>
    public void Clear() => (Count, next) = (0, 0);

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

    /// <summary>Writes count and residuals, oldest first: their order by size follows.</summary>
    internal void WriteTo(StateWriter writer)
    {
        int oldest = Count == capacity ? next : 0;
        writer.Write(Count);
        writer.Write<float>(arrived.AsSpan(oldest, Count - oldest));
        writer.Write<float>(arrived.AsSpan(0, oldest));
    }

    internal void ReadFrom(ref StateReader reader)
    {
        Count = reader.ReadCount(capacity);
        next = Count == capacity ? 0 : Count;
        reader.Read(arrived.AsSpan(0, Count));
        arrived.AsSpan(0, Count).CopyTo(sorted);
        sorted.AsSpan(0, Count).Sort();
    }
}

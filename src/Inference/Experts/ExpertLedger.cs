using Streaming.Inference.Series;
using Streaming.Inference.Series.Codec;

namespace Streaming.Inference.Experts;

/// <summary>What each expert forecast at the last origins, until the values come: for each horizon a ring.</summary>
/// <remarks>
/// Forecasts are kept as floats, relative to the value at their origin and in units of its scale. Not thread-safe.
/// </remarks>
/// <param name="columns">Forecasts of one horizon at one origin.</param>
/// <param name="horizons">In steps, ascending, [K]; kept.</param>
internal sealed class ExpertLedger(int columns, int[] horizons)
{
    private readonly float[][] rings = [.. horizons.Select(h => new float[h * columns])];
    private readonly double[] origins = new double[horizons[^1]];
    private readonly double[] scales = new double[horizons[^1]];
    private long step;

    /// <summary>Bytes of the rings.</summary>
    /// <param name="columns">Forecasts of one horizon at one origin.</param>
    /// <param name="horizons">In steps, ascending, [K].</param>
    /// <returns>4·Σh·columns + 16·L, L the longest, and headers.</returns>
    public static long BytesOf(int columns, int[] horizons) => SeriesMemory.ArrayOf<nint>(horizons.Length)
        + horizons.Sum(h => SeriesMemory.ArrayOf<float>(h * columns))
        + (2 * SeriesMemory.ArrayOf<double>(horizons[^1]));

    /// <summary>Opens the place of a new origin, over the one whose last value has just come.</summary>
    /// <param name="value">The value at it, in the series' unit.</param>
    /// <param name="scale">Unit of errors; at least 1e-100.</param>
    public void Open(double value, double scale)
    {
        int slot = (int)(step++ % scales.Length);
        (origins[slot], scales[slot]) = (value, scale);
    }

    /// <summary>Where the forecasts of the newest origin for a horizon are written, [columns].</summary>
    public Span<float> Newest(int horizon) => Row(step - 1, horizon);

    /// <summary>Forecasts whose value is the one after the newest origin, before a new one is opened.</summary>
    /// <param name="horizon">Place of the horizon.</param>
    /// <param name="actual">The value, in the series' unit.</param>
    /// <param name="issued">The forecasts, [columns].</param>
    /// <param name="target">The value in their terms.</param>
    /// <returns>Whether there are any.</returns>
    public bool TryDue(int horizon, double actual, out ReadOnlySpan<float> issued, out double target)
    {
        long origin = step - horizons[horizon];
        issued = origin >= 0 ? Row(origin, horizon) : [];
        int slot = (int)(Math.Max(origin, 0) % scales.Length);
        target = (actual - origins[slot]) / scales[slot];
        return origin >= 0 && scales[slot] > 0;
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        step = 0;
        origins.AsSpan().Clear();
        scales.AsSpan().Clear();
        foreach (float[] ring in rings)
        {
            ring.AsSpan().Clear();
        }
    }

    private Span<float> Row(long origin, int horizon) =>
        rings[horizon].AsSpan((int)(origin % horizons[horizon]) * columns, columns);

    /// <summary>Writes the rings, as they lie.</summary>
    internal void WriteTo(StateWriter writer)
    {
        writer.Write(step);
        writer.Write<double>(origins);
        writer.Write<double>(scales);
        foreach (float[] ring in rings)
        {
            writer.Write<float>(ring);
        }
    }

    internal void ReadFrom(ref StateReader reader)
    {
        step = reader.Read<long>();
        reader.Read<double>(origins);
        reader.Read<double>(scales);
        foreach (float[] ring in rings)
        {
            reader.Read<float>(ring);
        }
    }
}

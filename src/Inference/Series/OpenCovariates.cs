using Streaming.Inference.Series.Codec;

namespace Streaming.Inference.Series;

/// <summary>Covariates of a series' open buckets: of each, in each bucket, the value with the latest event time.</summary>
/// <remarks>Of several with that time the last to come. A bucket's places follow those of <see cref="Grid"/>.</remarks>
/// <param name="count">Covariates, C.</param>
internal sealed class OpenCovariates(int count)
{
    private const int ObjectBytes = 32;

    private (double Value, long TimeTicks)[] latest = new (double Value, long TimeTicks)[2 * count];

    /// <summary>Bytes of the buckets.</summary>
    public long Bytes => ObjectBytes + SeriesMemory.ArrayOf<(double Value, long TimeTicks)>(latest.Length);

    /// <summary>Opens a bucket at a place, without values.</summary>
    /// <param name="at">Its place.</param>
    /// <param name="open">Buckets that are open already.</param>
    public void Insert(int at, int open)
    {
        if (latest.Length == open * count)
        {
            Array.Resize(ref latest, 2 * latest.Length);
        }

        Array.Copy(latest, at * count, latest, (at + 1) * count, (open - at) * count);
        latest.AsSpan(at * count, count).Fill((double.NaN, long.MinValue));
    }

    /// <summary>Takes what an observation says.</summary>
    /// <param name="at">Place of its bucket.</param>
    /// <param name="timeTicks">Its event time, in ticks.</param>
    /// <param name="values">Its covariates, [C], NaN where it lacks one; or none.</param>
    public void Add(int at, long timeTicks, ReadOnlySpan<double> values)
    {
        for (int c = 0; c < values.Length; c++)
        {
            ref (double Value, long TimeTicks) kept = ref latest[(at * count) + c];
            if (!double.IsNaN(values[c]) && timeTicks >= kept.TimeTicks)
            {
                kept = (values[c], timeTicks);
            }
        }
    }

    /// <summary>Closes the first bucket.</summary>
    /// <param name="open">Buckets that are open, this one included.</param>
    /// <param name="values">Receives its covariates, [C].</param>
    public void Take(int open, Span<double> values)
    {
        for (int c = 0; c < count; c++)
        {
            values[c] = latest[c].Value;
        }

        Array.Copy(latest, count, latest, 0, (open - 1) * count);
    }

    /// <summary>Writes those of the open buckets.</summary>
    public void WriteTo(StateWriter writer, int open)
    {
        foreach ((double value, long timeTicks) in latest.AsSpan(0, open * count))
        {
            writer.Write(value);
            writer.Write(timeTicks);
        }
    }

    public void ReadFrom(ref StateReader reader, int open)
    {
        latest = new (double Value, long TimeTicks)[Math.Max(open, 2) * count];
        for (int i = 0; i < open * count; i++)
        {
            latest[i] = (reader.Read<double>(), reader.Read<long>());
        }
    }

    /// <summary>Bytes of room for so many open buckets.</summary>
    internal static long BytesOf(int buckets, int count) =>
        ObjectBytes + SeriesMemory.ArrayOf<(double Value, long TimeTicks)>(buckets * count);
}

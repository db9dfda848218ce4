namespace Streaming.Daemon.Decoding.Otlp;

/// <summary>Buckets of one point of a histogram. Reused; not thread-safe.</summary>
/// <remarks>Of more than a record may hold observations, the rest is not kept: the point is refused all the same.
/// </remarks>
internal sealed class OtlpBuckets
{
    private readonly List<double> counts = [];
    private readonly List<double> bounds = [];

    /// <summary>Buckets there are.</summary>
    public int Count => counts.Count;

    /// <summary>Whether they are buckets: one more than bounds, which ascend; or none at all.</summary>
    public bool IsValid => counts.Count == 0 ? bounds.Count == 0 : counts.Count == bounds.Count + 1 && Ascend();

    public void Clear()
    {
        ClearCounts();
        ClearBounds();
    }

    public void ClearCounts() => counts.Clear();

    public void ClearBounds() => bounds.Clear();

    /// <summary>Adds how many values the next bucket counts.</summary>
    public void AddCount(double count) => Add(counts, count);

    /// <summary>Adds the upper bound of the next bucket; the last has none.</summary>
    public void AddBound(double bound) => Add(bounds, bound);

    /// <summary>How many values a bucket counts.</summary>
    public double CountOf(int bucket) => counts[bucket];

    /// <summary>Its upper bound; infinity for the last.</summary>
    public double BoundOf(int bucket) => bucket < bounds.Count ? bounds[bucket] : double.PositiveInfinity;

    private static void Add(List<double> numbers, double number)
    {
        if (numbers.Count <= ObservationList.MaxObservations)
        {
            numbers.Add(number);
        }
    }

    private bool Ascend()
    {
        for (int i = 0; i < bounds.Count; i++)
        {
            if (!double.IsFinite(bounds[i]) || (i > 0 && bounds[i] <= bounds[i - 1]))
            {
                return false;
            }
        }

        return true;
    }
}

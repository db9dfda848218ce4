namespace Streaming.Inference.Series;

/// <summary>Which kind of value a name tells, where neither configuration nor producer does.</summary>
public static class ValueKinds
{
    /// <summary>Counter for names that end in _total, _count or _sum, as Prometheus has them; else gauge.</summary>
    /// <param name="seriesId">The series id; labels, from the first '{' on, don't count.</param>
    public static ValueKind OfName(ReadOnlySpan<char> seriesId)
    {
        int labels = seriesId.IndexOf('{');
        ReadOnlySpan<char> name = labels < 0 ? seriesId : seriesId[..labels];
        return name.EndsWith("_total") || name.EndsWith("_count") || name.EndsWith("_sum")
            ? ValueKind.Counter
            : ValueKind.Gauge;
    }
}

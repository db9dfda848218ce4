namespace Streaming.Inference.Series;

/// <summary>Which kind of value a name tells, where neither configuration nor producer does.</summary>
public static class ValueKinds
{
    /// <summary>Counter for names that end in _total, _count or _sum, as Prometheus has them, or in _bucket where there is a
    /// label le; else gauge.</summary>
    /// <param name="seriesId">The series id; its labels begin with the first '{'.</param>
    public static ValueKind OfName(ReadOnlySpan<char> seriesId)
    {
        int labels = seriesId.IndexOf('{');
        ReadOnlySpan<char> name = labels < 0 ? seriesId : seriesId[..labels];
        ReadOnlySpan<char> rest = seriesId[name.Length..];
        bool isBucket = name.EndsWith("_bucket") && (rest.StartsWith("{le=") || rest.Contains(",le=", StringComparison.Ordinal));
        return isBucket || name.EndsWith("_total") || name.EndsWith("_count") || name.EndsWith("_sum")
            ? ValueKind.Counter
            : ValueKind.Gauge;
    }
}

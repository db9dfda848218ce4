using Streaming.Daemon.Pipeline.Questions;

namespace Streaming.Daemon.Serving.Api;

/// <summary>What a list of series can be sorted by.</summary>
internal enum SeriesOrder
{
    /// <summary>Highest error against seasonal naive first; those without one last.</summary>
    Worst,

    /// <summary>Most odd newest value first.</summary>
    Anomaly,

    /// <summary>By the bytes of the id.</summary>
    Id,
}

/// <summary>All series of this process as they were at about one time, in any order that is asked for.</summary>
/// <remarks>Thread-safe. An order is made when it is first asked for.</remarks>
internal sealed class SeriesSnapshot(long timestamp, DateTimeOffset time, SeriesRank[] ranks)
{
    private readonly Lazy<SeriesRank[]> byId = new(() => Sorted(ranks, _ => 0));
    private readonly Lazy<SeriesRank[]> worst = new(() => Sorted(ranks, rank => rank.ErrorRatio));
    private readonly Lazy<SeriesRank[]> oddest = new(() => Sorted(ranks, rank => rank.Score));

    /// <summary>When it was made, as the clock counts.</summary>
    public long Timestamp => timestamp;

    /// <summary>When it was made.</summary>
    public DateTimeOffset Time => time;

    /// <summary>All series, sorted.</summary>
    public IReadOnlyList<SeriesRank> In(SeriesOrder order) => order switch
    {
        SeriesOrder.Worst => worst.Value,
        SeriesOrder.Anomaly => oddest.Value,
        _ => byId.Value,
    };

    /// <param name="ranks">Of all series.</param>
    /// <param name="key">Largest first, NaN last; ties by id.</param>
    private static SeriesRank[] Sorted(SeriesRank[] ranks, Func<SeriesRank, double> key)
    {
        double[] keys = [.. ranks.Select(rank => key(rank) is var k && double.IsNaN(k) ? double.NegativeInfinity : k)];
        int[] order = [.. Enumerable.Range(0, ranks.Length)];
        Array.Sort(order, (a, b) => keys[b].CompareTo(keys[a]) is var by && by != 0
            ? by
            : ranks[a].Id.AsSpan().SequenceCompareTo(ranks[b].Id));
        return [.. order.Select(at => ranks[at])];
    }
}

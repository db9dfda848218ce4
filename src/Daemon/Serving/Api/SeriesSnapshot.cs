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
internal sealed class SeriesSnapshot
{
    private readonly Lazy<SeriesRank[]>[] orders; // by SeriesOrder

    /// <param name="time">When it was made.</param>
    /// <param name="ranks">All series, in no order.</param>
    public SeriesSnapshot(DateTimeOffset time, SeriesRank[] ranks)
    {
        Time = time;
        orders =
        [
            new(() => Sorted(ranks, rank => rank.ErrorRatio)), new(() => Sorted(ranks, rank => rank.Score)),
            new(() => Sorted(ranks, _ => 0)),
        ];
    }

    /// <summary>When it was made.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>All series, sorted.</summary>
    public SeriesRank[] In(SeriesOrder order) => orders[(int)order].Value;

    /// <summary>Some of the series whose id has a text in it, and how many there are.</summary>
    /// <param name="order">How they are sorted.</param>
    /// <param name="sought">The text, UTF-8; nothing: all.</param>
    /// <param name="from">Place of the first one wanted, from 0.</param>
    /// <param name="most">How many are wanted.</param>
    public (SeriesRank[] Items, int Total) Page(SeriesOrder order, ReadOnlySpan<byte> sought, int from, int most)
    {
        SeriesRank[] all = In(order);
        if (sought.IsEmpty)
        {
            return ([.. all.Skip(from).Take(most)], all.Length);
        }

        var items = new List<SeriesRank>();
        int total = 0;
        foreach (ref readonly SeriesRank rank in all.AsSpan())
        {
            if (Utf8Search.Contains(rank.Id, sought) && total++ >= from && items.Count < most)
            {
                items.Add(rank);
            }
        }

        return ([.. items], total);
    }

    /// <summary>Makes the orders that another snapshot was asked for, ahead of who will ask this one for them.</summary>
    public void SortAs(SeriesSnapshot? other)
    {
        for (int order = 0; order < orders.Length; order++)
        {
            if (other?.orders[order].IsValueCreated == true)
            {
                _ = orders[order].Value;
            }
        }
    }

    /// <param name="ranks">Of all series.</param>
    /// <param name="key">Largest first, NaN last; ties by id.</param>
    private static SeriesRank[] Sorted(SeriesRank[] ranks, Func<SeriesRank, double> key)
    {
        double[] keys = [.. ranks.Select(rank => key(rank) is var k && double.IsNaN(k) ? double.PositiveInfinity : -k)];
        int[] order = [.. Enumerable.Range(0, ranks.Length)];
        Array.Sort(keys, order); // plain numbers: several times as fast as a comparison that looks at ids, too
        for (int from = 0, to; from < order.Length; from = to)
        {
            to = from + 1;
            while (to < order.Length && keys[to].Equals(keys[from]))
            {
                to++;
            }

            order.AsSpan(from, to - from).Sort((a, b) => ranks[a].Id.AsSpan().SequenceCompareTo(ranks[b].Id));
        }

        return [.. order.Select(at => ranks[at])];
    }
}

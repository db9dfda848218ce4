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
/// <remarks>Thread-safe. What is asked for is made when it first is.</remarks>
internal sealed class SeriesSnapshot
{
    private readonly SeriesRank[] ranks;
    private readonly Lazy<int[]>[] orders; // places of ranks, by SeriesOrder
    private readonly Lazy<IdText> ids;

    /// <param name="time">When it was made.</param>
    /// <param name="ranks">All series, in no order; not to be changed.</param>
    public SeriesSnapshot(DateTimeOffset time, SeriesRank[] ranks)
    {
        (Time, this.ranks) = (time, ranks);
        orders = [new(() => Sorted(rank => rank.ErrorRatio)), new(() => Sorted(rank => rank.Score)), new(() => Sorted(_ => 0))];
        ids = new(() => new([.. ranks.Select(rank => rank.Id)]));
    }

    /// <summary>When it was made.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>Some of the series whose id has a text in it, and how many there are.</summary>
    /// <param name="order">How they are sorted.</param>
    /// <param name="sought">The text, UTF-8, whatever the case of ASCII letters; nothing: all.</param>
    /// <param name="from">Place of the first one wanted, from 0.</param>
    /// <param name="most">How many are wanted.</param>
    public (SeriesRank[] Items, int Total) Page(SeriesOrder order, ReadOnlySpan<byte> sought, int from, int most)
    {
        IEnumerable<int> places = orders[(int)order].Value;
        int total = ranks.Length;
        if (!sought.IsEmpty)
        {
            bool[] found = new bool[ranks.Length];
            total = ids.Value.Find(sought, found);
            places = places.Where(at => found[at]);
        }

        return ([.. places.Skip(from).Take(most).Select(at => ranks[at])], total);
    }

    /// <summary>Makes what another snapshot was asked for, ahead of who will ask this one for it.</summary>
    public void PrepareAs(SeriesSnapshot? other)
    {
        for (int order = 0; order < orders.Length; order++)
        {
            if (other?.orders[order].IsValueCreated == true)
            {
                _ = orders[order].Value;
            }
        }

        if (other?.ids.IsValueCreated == true)
        {
            _ = ids.Value;
        }
    }

    /// <param name="key">Largest first, NaN last; ties by id.</param>
    private int[] Sorted(Func<SeriesRank, double> key)
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

        return order;
    }
}

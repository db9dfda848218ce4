using Streaming.Inference.Series;

namespace Streaming.Daemon.Pipeline.Questions;

/// <summary>What a lane remembers of its series beside their state: their last closed steps as they were forecast. Bounded
/// in bytes.</summary>
/// <remarks>
/// Series get room as they come; once there is none, those get it that are looked at, from whoever was not for longest.
/// Lost with the process, or when a partition goes; never part of the state. Allocates only as series get room. The
/// lane's thread only.
/// </remarks>
/// <param name="bytes">Room, for whole rings of <see cref="HistoryRing.Bytes"/>; 0: none.</param>
internal sealed class SeriesHistory(long bytes)
{
    private readonly List<Place> places = [];
    private readonly int most = (int)Math.Min(bytes / HistoryRing.Bytes, int.MaxValue);
    private long looks;
    private int hand;

    /// <summary>Series that have room.</summary>
    public int Count => places.Count(place => place.Owner is not null);

    /// <summary>Adds a closed step of a series, where it has room or there is some.</summary>
    public void Add(SeriesState series, int partition, in HistoryPoint point, ReadOnlySpan<float> weights)
    {
        SeriesIdentity identity = SeriesIdentity.Of(series);
        HistoryRing? ring = identity.History ?? Offer(series, partition);
        ring?.Add(point, weights);
    }

    /// <summary>Takes note that a series is looked at: it has room from now on.</summary>
    /// <returns>Its ring; null where there is no room for any.</returns>
    public HistoryRing? Look(SeriesState series, int partition)
    {
        SeriesIdentity identity = SeriesIdentity.Of(series);
        HistoryRing? ring = identity.History ?? Offer(series, partition) ?? Take(series, partition);
        if (ring is not null)
        {
            ring.Looked = ++looks;
        }

        return ring;
    }

    /// <summary>Forgets the series of a partition that goes.</summary>
    public void Forget(int partition)
    {
        foreach (Place place in places)
        {
            if (place.Owner is not null && place.Partition == partition)
            {
                place.Free();
            }
        }
    }

    /// <summary>Forgets all: the lane begins anew.</summary>
    public void Clear()
    {
        foreach (Place place in places)
        {
            place.Free();
        }
    }

    /// <summary>Room that nobody has. Of the places of series that were let go it looks at one a call, so that a step costs
    /// the same however many there are.</summary>
    private HistoryRing? Offer(SeriesState series, int partition)
    {
        if (places.Count < most)
        {
            var place = new Place();
            places.Add(place);
            return place.Give(series, partition);
        }

        if (places.Count == 0)
        {
            return null;
        }

        hand = hand + 1 < places.Count ? hand + 1 : 0;
        return places[hand].Owner is null or { IsGone: true } ? places[hand].Give(series, partition) : null;
    }

    private HistoryRing? Take(SeriesState series, int partition) =>
        places.MinBy(place => place.Owner is null ? -1 : place.Ring.Looked)?.Give(series, partition);

    private sealed class Place
    {
        public HistoryRing Ring { get; } = new();

        public SeriesState? Owner { get; private set; }

        public int Partition { get; private set; }

        public HistoryRing Give(SeriesState series, int partition)
        {
            Free();
            Ring.Clear();
            (Owner, Partition) = (series, partition);
            SeriesIdentity.Of(series).History = Ring;
            return Ring;
        }

        public void Free()
        {
            if (Owner is not null)
            {
                SeriesIdentity.Of(Owner).History = null;
                Owner = null;
            }
        }
    }
}

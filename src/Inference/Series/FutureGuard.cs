using Streaming.Inference.Series.Codec;

namespace Streaming.Inference.Series;

/// <summary>Refuses times too far past their records' Kafka timestamps until other series confirm them, so that one
/// poisoned record can't close every bucket of its partition.</summary>
/// <remarks>
/// A series bears witness while its latest time was refused. Three witnesses (in a partition of fewer series all of
/// them, and three refusals) are believed as far as they agree: times may then lead by the smallest of their leads
/// more, for good. A pure function of what it is asked, in the order of the log. Remembers three ids at most; not
/// thread-safe.
/// </remarks>
public sealed class FutureGuard
{
    private const int WitnessesNeeded = 3;

    private readonly List<Witness> witnesses = new(WitnessesNeeded);
    private int refusals; // since there last was no witness

    /// <summary>Lead over the timestamps that is believed, in ticks; 0 at first.</summary>
    public long BelievedTicks { get; private set; }

    /// <summary>Whether a time may pass.</summary>
    /// <param name="seriesId">Its series.</param>
    /// <param name="leadTicks">Event time − Kafka timestamp, in ticks.</param>
    /// <param name="maxFutureTicks">How far it may lead unconfirmed, 0 or more, in ticks.</param>
    /// <param name="seriesCount">Series of the partition that have passed before.</param>
    /// <param name="isNew">Whether this one is none of them.</param>
    public bool Admits(
        ReadOnlySpan<byte> seriesId, long leadTicks, long maxFutureTicks, int seriesCount, bool isNew)
    {
        Forget(seriesId);
        if (leadTicks <= BelievedTicks + maxFutureTicks)
        {
            refusals = witnesses.Count == 0 ? 0 : refusals;
            return true;
        }

        witnesses.Add(new(seriesId.ToArray(), leadTicks, isNew));
        refusals++;
        int series = seriesCount + witnesses.Count(witness => witness.IsNew);
        if (refusals < WitnessesNeeded || witnesses.Count < Math.Min(WitnessesNeeded, series))
        {
            return false;
        }

        BelievedTicks = witnesses.Min(witness => witness.LeadTicks);
        witnesses.Clear();
        refusals = 0;
        return leadTicks <= BelievedTicks + maxFutureTicks;
    }

    private void Forget(ReadOnlySpan<byte> seriesId)
    {
        for (int i = 0; i < witnesses.Count; i++)
        {
            if (seriesId.SequenceEqual(witnesses[i].SeriesId))
            {
                witnesses.RemoveAt(i);
                return;
            }
        }
    }

    private readonly record struct Witness(byte[] SeriesId, long LeadTicks, bool IsNew);

    /// <summary>Writes all that it remembers.</summary>
    public void WriteTo(StateWriter writer)
    {
        writer.Write(BelievedTicks);
        writer.Write(refusals);
        writer.Write(witnesses.Count);
        foreach (Witness witness in witnesses)
        {
            writer.Write(witness.SeriesId.Length);
            writer.Write<byte>(witness.SeriesId);
            writer.Write(witness.LeadTicks);
            writer.Write(witness.IsNew);
        }
    }

    /// <summary>Remembers what was written instead.</summary>
    /// <exception cref="InvalidDataException">It was written by something else.</exception>
    public void ReadFrom(ref StateReader reader)
    {
        witnesses.Clear();
        BelievedTicks = reader.Read<long>();
        refusals = reader.Read<int>();
        int count = reader.ReadCount(WitnessesNeeded);
        for (int i = 0; i < count; i++)
        {
            byte[] id = reader.Take(reader.ReadCount(reader.Left)).ToArray();
            witnesses.Add(new(id, reader.Read<long>(), reader.ReadFlag()));
        }
    }
}

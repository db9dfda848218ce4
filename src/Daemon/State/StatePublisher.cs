using Streaming.Daemon.Decoding;
using Streaming.Daemon.Kafka;
using Streaming.Daemon.Pipeline;
using Streaming.Inference.Series;
using Streaming.Inference.Series.Codec;

namespace Streaming.Daemon.State;

/// <summary>Writes the state of one task to its partition of the state topic, at once: nothing of it is kept.</summary>
internal sealed class StatePublisher(int partition, Outbox outbox, ProduceTarget target, SeriesTable table, Era era)
{
    private readonly SeriesCodec codec = new(table.States);
    private readonly StateEnvelope envelope = new(partition);
    private readonly byte[] room = new byte[1 + ObservationList.MaxIdBytes];

    /// <summary>Bytes sent so far, keys included.</summary>
    public long Bytes { get; private set; }

    /// <summary>Writes a series, whole.</summary>
    /// <param name="series">The series; none of its steps is pending.</param>
    /// <param name="asOf">The next record of its partition.</param>
    public void Write(SeriesState series, long asOf)
    {
        SeriesIdentity identity = SeriesIdentity.Of(series);
        var content = envelope.Begin();
        new UnitRecord(era, table.FormOf(series), asOf, identity.Born).Write(content);
        codec.Write(series, content);
        Send(StateKey.Write(StateKind.Unit, identity.Id, room));
    }

    /// <summary>Writes that a series is gone.</summary>
    public void WriteGone(ReadOnlySpan<byte> id) => SendNull(StateKey.Write(StateKind.Unit, id, room));

    /// <summary>Writes the lives of an id that a replay may come across; none: they are forgotten.</summary>
    public void Write(ReadOnlySpan<byte> id, IReadOnlyList<Life> lives)
    {
        ReadOnlySpan<byte> key = StateKey.Write(StateKind.Lives, id, room);
        if (lives.Count == 0)
        {
            SendNull(key);
            return;
        }

        LivesRecord.Write(lives, envelope.Begin());
        Send(key);
    }

    public void Write(Marker marker)
    {
        MarkerCodec.Write(marker, envelope.Begin());
        Send(StateKey.Marker);
    }

    private void Send(ReadOnlySpan<byte> key)
    {
        ReadOnlySpan<byte> value = envelope.Seal(key);
        Bytes += key.Length + value.Length;
        outbox.Produce(target, partition, key, value, headers: null, timestampMs: 0);
    }

    private void SendNull(ReadOnlySpan<byte> key)
    {
        Bytes += key.Length;
        outbox.Produce(target, partition, key, default, headers: null, timestampMs: 0);
    }
}

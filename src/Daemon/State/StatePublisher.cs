using System.Buffers;
using System.Buffers.Binary;
using Streaming.Daemon.Decoding;
using Streaming.Daemon.Kafka;
using Streaming.Daemon.Pipeline;
using Streaming.Inference.Series;
using Streaming.Inference.Series.Codec;

namespace Streaming.Daemon.State;

/// <summary>Writes the state of one task to its partition of the state topic, at once: nothing of it is kept.</summary>
/// <remarks>A series of more than <see cref="PartBytes"/> goes in parts, which brokers take by default; then comes the
/// record that names them, then nulls for the parts of before. So after any of them the series is there, as it was or as
/// it is.</remarks>
internal sealed class StatePublisher(
    int partition, Outbox outbox, ProduceTarget target, SeriesTable table, Era era,
    int partBytes = StatePublisher.PartBytes)
{
    /// <summary>Bytes of a series that one message holds: half of what brokers take by default.</summary>
    public const int PartBytes = 512 << 10;

    private readonly SeriesCodec codec = new(table.States);
    private readonly StateEnvelope envelope = new(partition);
    private readonly StateEnvelope partEnvelope = new(partition);
    private readonly byte[] room = new byte[StateKey.MaxHeadBytes + ObservationList.MaxIdBytes];
    private readonly byte[] partRoom = new byte[StateKey.MaxHeadBytes + ObservationList.MaxIdBytes];

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
        ReadOnlySpan<byte> key = StateKey.Write(StateKind.Unit, identity.Id, room), value = envelope.Seal(key);
        Division division = default;
        if (value.Length <= partBytes)
        {
            Send(key, value);
        }
        else
        {
            division = SendParts(identity, key, value);
        }

        identity.Parts = identity.Parts.With(division);
        DropParts(StoredKeys.Of(identity), division);
    }

    /// <summary>Writes that a series is gone.</summary>
    public void WriteGone(StoredKeys keys)
    {
        SendNull(StateKey.Write(StateKind.Unit, keys.Id, room));
        DropParts(keys, inForce: default);
    }

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
        Send(key, envelope.Seal(key));
    }

    public void Write(Marker marker)
    {
        MarkerCodec.Write(marker, envelope.Begin());
        Send(StateKey.Marker, envelope.Seal(StateKey.Marker));
    }

    private Division SendParts(SeriesIdentity identity, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        int count = ((value.Length - 1) / partBytes) + 1;
        if (count > Division.MaxParts)
        {
            throw new InvalidOperationException(
                $"The state of a series takes {value.Length} bytes, more than {Division.MaxParts} messages hold: choose a "
                + "smaller Series:Profile or fewer Model:Horizons.");
        }

        Division division = identity.Parts.Next(count);
        ReadOnlySpan<byte> sum = value[^StateEnvelope.ChecksumBytes..];
        for (int i = 0; i < count; i++)
        {
            IBufferWriter<byte> content = partEnvelope.Begin();
            content.Write(sum);
            content.Write(value[(i * partBytes)..Math.Min(value.Length, (i + 1) * partBytes)]);
            ReadOnlySpan<byte> part = StateKey.WritePart(division.NumberOf(i), identity.Id, partRoom);
            Send(part, partEnvelope.Seal(part));
        }

        new PartsRecord(BinaryPrimitives.ReadUInt64LittleEndian(sum), division).Write(partEnvelope.Begin(isDivided: true));
        Send(key, partEnvelope.Seal(key));
        return division;
    }

    private void DropParts(StoredKeys keys, Division inForce)
    {
        foreach (int number in keys.Parts.NumbersBut(inForce))
        {
            SendNull(StateKey.WritePart(number, keys.Id, partRoom));
        }
    }

    private void Send(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        Bytes += key.Length + value.Length;
        outbox.Produce(target, partition, key, value, headers: null, timestampMs: 0);
    }

    private void SendNull(ReadOnlySpan<byte> key)
    {
        Bytes += key.Length;
        outbox.Produce(target, partition, key, default, headers: null, timestampMs: 0);
    }
}

using System.Buffers;
using System.Buffers.Binary;
using Streaming.Daemon.Decoding;
using Streaming.Daemon.Pipeline;

namespace Streaming.Daemon.State;

/// <summary>Opens the records of a partition of the state topic in their order, and puts together what is stored in
/// parts.</summary>
/// <remarks>Parts are kept until the record that names them, which follows; those that nothing names until the end. Not
/// thread-safe.</remarks>
internal sealed class StateRecords(int partition)
{
    private readonly StateEnvelope envelope = new(partition);
    private readonly Dictionary<byte[], byte[]> parts = new(Utf8Comparer.Instance);
    private readonly ArrayBufferWriter<byte> whole = new();
    private readonly byte[] room = new byte[StateKey.MaxHeadBytes + ObservationList.MaxIdBytes];

    /// <summary>How the series opened last is stored.</summary>
    public Division Division { get; private set; }

    /// <summary>Checks a record and takes its content out.</summary>
    /// <param name="key">Key of the record.</param>
    /// <param name="value">Its value, not null.</param>
    /// <param name="content">The content, where there is no damage; of a series in parts, that of the whole. Valid until the
    /// next call.</param>
    public StateDamage Open(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, out ReadOnlySpan<byte> content)
    {
        Division = default;
        StateDamage damage = envelope.Open(key, value, out content);
        if (damage != StateDamage.None)
        {
            return damage;
        }

        if (key[0] == (byte)StateKind.Part)
        {
            parts[key.ToArray()] = content.ToArray();
        }

        return StateEnvelope.IsDivided(value) ? Join(key, content, out content) : StateDamage.None;
    }

    /// <summary>A null has come: what was kept of the key is gone.</summary>
    public void Drop(ReadOnlySpan<byte> key)
    {
        if (parts.Count > 0)
        {
            parts.Remove(key.ToArray());
        }
    }

    private StateDamage Join(ReadOnlySpan<byte> key, ReadOnlySpan<byte> content, out ReadOnlySpan<byte> joined)
    {
        joined = default;
        if (content.Length != PartsRecord.Bytes)
        {
            return StateDamage.Content;
        }

        PartsRecord record = PartsRecord.Read(content);
        Division = record.Division;
        whole.ResetWrittenCount();
        bool isWhole = true;
        for (int i = 0; i < record.Division.Count; i++)
        {
            byte[] part = StateKey.WritePart(record.Division.NumberOf(i), key[1..], room).ToArray();
            isWhole &= parts.Remove(part, out byte[]? found) && TryAppend(record.Sum, found);
        }

        return isWhole ? envelope.Open(key, whole.WrittenSpan, out joined) : StateDamage.Checksum;
    }

    private bool TryAppend(ulong sum, ReadOnlySpan<byte> part)
    {
        if (part.Length < sizeof(ulong) || BinaryPrimitives.ReadUInt64LittleEndian(part) != sum)
        {
            return false;
        }

        whole.Write(part[sizeof(ulong)..]);
        return true;
    }
}

using System.Buffers;
using System.Buffers.Binary;
using Streaming.Daemon.Pipeline;

namespace Streaming.Daemon.State;

/// <summary>Opens the records of a partition of the state topic in their order, and puts together what is stored in
/// parts.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class StateRecords
{
    private readonly StateEnvelope envelope;
    private readonly Dictionary<byte[], FoundParts> parts = new(Utf8Comparer.Instance); // by series
    private readonly Dictionary<byte[], FoundParts>.AlternateLookup<ReadOnlySpan<byte>> byId;
    private readonly ArrayBufferWriter<byte> whole = new();

    /// <param name="partition">The partition.</param>
    public StateRecords(int partition)
    {
        envelope = new StateEnvelope(partition);
        byId = parts.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    /// <summary>The series that have parts, whether or not a record names them.</summary>
    public IEnumerable<StoredKeys> Parts => parts.Select(found => new StoredKeys(found.Key, found.Value.Stored));

    /// <summary>Checks a record and takes its content out.</summary>
    /// <param name="key">Key of the record.</param>
    /// <param name="value">Its value, not null.</param>
    /// <param name="content">The content, where there is no damage; of a series in parts, that of the whole. Valid until the
    /// next call.</param>
    public StateDamage Open(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, out ReadOnlySpan<byte> content)
    {
        StateDamage damage = envelope.Open(key, value, out content);
        if (key[0] == (byte)StateKind.Part)
        {
            PartsOf(key).Add(key[1], content); // a damaged one, too, has a key to be nulled
            return damage;
        }

        if (damage == StateDamage.None && StateEnvelope.IsDivided(value))
        {
            damage = Join(key, content, out content);
        }

        End(key);
        return damage;
    }

    /// <summary>A null has come: what was kept of the key is gone.</summary>
    public void Drop(ReadOnlySpan<byte> key)
    {
        if (key[0] != (byte)StateKind.Part)
        {
            End(key);
            return;
        }

        FoundParts found = PartsOf(key);
        found.Remove(key[1]);
        if (found.IsEmpty)
        {
            parts.Remove(key[StateKey.MaxHeadBytes..].ToArray());
        }
    }

    /// <summary>What a record of a series has not named by now, nothing will.</summary>
    private void End(ReadOnlySpan<byte> key)
    {
        if (parts.Count > 0 && key[0] == (byte)StateKind.Unit && byId.TryGetValue(key[1..], out FoundParts? found))
        {
            found.Forget();
        }
    }

    private FoundParts PartsOf(ReadOnlySpan<byte> key)
    {
        ReadOnlySpan<byte> id = key[StateKey.MaxHeadBytes..];
        if (!byId.TryGetValue(id, out FoundParts? found))
        {
            parts.Add(id.ToArray(), found = new());
        }

        return found;
    }

    private StateDamage Join(ReadOnlySpan<byte> key, ReadOnlySpan<byte> content, out ReadOnlySpan<byte> joined)
    {
        joined = default;
        if (content.Length != PartsRecord.Bytes)
        {
            return StateDamage.Content;
        }

        PartsRecord record = PartsRecord.Read(content);
        if (!byId.TryGetValue(key[1..], out FoundParts? found))
        {
            return StateDamage.Checksum;
        }

        found.Slot = record.Division.Slot;
        whole.ResetWrittenCount();
        bool isWhole = true;
        for (int i = 0; i < record.Division.Count; i++)
        {
            isWhole &= TryAppend(record.Sum, found.Content(record.Division.NumberOf(i)));
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

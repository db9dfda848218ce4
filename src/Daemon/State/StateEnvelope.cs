using System.Buffers;
using System.Buffers.Binary;
using System.IO.Hashing;

namespace Streaming.Daemon.State;

/// <summary>The form of every value of the state topic: a version, the content, a checksum over all and over where it
/// belongs.</summary>
/// <remarks>The checksum (XXH3, 64 bits, little-endian) covers partition, key, version and content, so that no record is
/// taken for another's. This frame stays the same in all versions. One value at a time; not thread-safe.</remarks>
internal sealed class StateEnvelope(int partition)
{
    /// <summary>The form that is written.</summary>
    public const byte Version = 5;

    /// <summary>Bytes of the checksum that a value ends with.</summary>
    public const int ChecksumBytes = sizeof(ulong);

    /// <summary>The form of a value that only names the parts of another one.</summary>
    private const byte DividedVersion = 0x80 | Version;

    private readonly ArrayBufferWriter<byte> frame = new();
    private readonly XxHash3 hash = new();

    /// <summary>Whether a value of this version names the parts of another one: its content is a
    /// <see cref="PartsRecord"/>.</summary>
    public static bool IsDivided(ReadOnlySpan<byte> value) => value[0] == DividedVersion;

    /// <summary>Begins a value.</summary>
    /// <param name="isDivided">Whether it is to name the parts of another one.</param>
    /// <returns>Receives the content.</returns>
    public IBufferWriter<byte> Begin(bool isDivided = false)
    {
        frame.ResetWrittenCount();
        frame.Write([isDivided ? DividedVersion : Version]);
        return frame;
    }

    /// <summary>Ends the value begun last.</summary>
    /// <param name="key">Key of the record.</param>
    /// <returns>The value; valid until the next Begin.</returns>
    public ReadOnlySpan<byte> Seal(ReadOnlySpan<byte> key)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(frame.GetSpan(ChecksumBytes), Checksum(key, frame.WrittenSpan));
        frame.Advance(ChecksumBytes);
        return frame.WrittenSpan;
    }

    /// <summary>Checks a record and takes its content out.</summary>
    /// <param name="key">Key of the record.</param>
    /// <param name="value">Its value.</param>
    /// <param name="content">The content, where there is no damage.</param>
    public StateDamage Open(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, out ReadOnlySpan<byte> content)
    {
        content = default;
        if (value.Length < 1 + ChecksumBytes
            || BinaryPrimitives.ReadUInt64LittleEndian(value[^ChecksumBytes..]) != Checksum(key, value[..^ChecksumBytes]))
        {
            return StateDamage.Checksum;
        }

        if (value[0] is not (Version or DividedVersion))
        {
            return StateDamage.UnknownVersion;
        }

        content = value[1..^ChecksumBytes];
        return StateDamage.None;
    }

    private ulong Checksum(ReadOnlySpan<byte> key, ReadOnlySpan<byte> framed)
    {
        Span<byte> place = stackalloc byte[2 * sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(place, partition);
        BinaryPrimitives.WriteInt32LittleEndian(place[sizeof(int)..], key.Length);
        hash.Reset();
        hash.Append(place);
        hash.Append(key);
        hash.Append(framed);
        return hash.GetCurrentHashAsUInt64();
    }
}

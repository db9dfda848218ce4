using System.Buffers.Binary;

namespace Streaming.Daemon.Decoding;

/// <summary>How a field of a Protobuf message lies on the wire.</summary>
internal enum WireType : byte
{
    Varint = 0,
    Fixed64 = 1,
    Bytes = 2,
    Fixed32 = 5,
}

/// <summary>A field of a Protobuf message.</summary>
internal readonly ref struct ProtoField
{
    public int Number { get; init; }

    public WireType Type { get; init; }

    /// <summary>Its bits, where it is a number.</summary>
    public ulong Bits { get; init; }

    /// <summary>Its bytes, where it is text or a message.</summary>
    public ReadOnlySpan<byte> Bytes { get; init; }

    /// <summary>Whether it is the wanted field, as the wanted type.</summary>
    public bool Is(int number, WireType type) => Number == number && Type == type;
}

/// <summary>Reads the fields of a Protobuf message one after the other; messages inside it are bytes.</summary>
/// <remarks>Never throws. Groups, which proto3 does not have, count as malformed. Source:
/// protobuf.dev/programming-guides/encoding.</remarks>
internal ref struct ProtoReader(ReadOnlySpan<byte> message)
{
    private const int MaxVarintBytes = 10;

    private ReadOnlySpan<byte> rest = message;

    /// <summary>Whether reading ended at something that is not Protobuf, not at the message's end.</summary>
    public bool IsMalformed { get; private set; }

    /// <summary>Reads the next field; false at the end, and where it is malformed.</summary>
    public bool TryRead(out ProtoField field)
    {
        field = default;
        if (rest.IsEmpty)
        {
            return false;
        }

        bool isRead = TryReadVarint(ref rest, out ulong tag) && tag is >= 8 and <= uint.MaxValue
            && TryReadValue((int)(tag >> 3), (WireType)(tag & 7), out field);
        if (!isRead)
        {
            rest = default;
            IsMalformed = true;
        }

        return isRead;
    }

    /// <summary>Takes a varint from the front of some bytes.</summary>
    /// <returns>False if the bytes end before it, or it is longer than ten bytes.</returns>
    public static bool TryReadVarint(ref ReadOnlySpan<byte> bytes, out ulong value)
    {
        value = 0;
        for (int i = 0; i < bytes.Length && i < MaxVarintBytes; i++)
        {
            value |= (ulong)(bytes[i] & 0x7F) << (7 * i);
            if (bytes[i] < 0x80)
            {
                bytes = bytes[(i + 1)..];
                return true;
            }
        }

        return false;
    }

    private bool TryReadValue(int number, WireType type, out ProtoField field)
    {
        field = default;
        ulong bits = 0;
        ReadOnlySpan<byte> bytes = default;
        switch (type)
        {
            case WireType.Varint when TryReadVarint(ref rest, out bits):
                break;
            case WireType.Fixed64 when BinaryPrimitives.TryReadUInt64LittleEndian(rest, out bits):
                rest = rest[sizeof(ulong)..];
                break;
            case WireType.Fixed32 when BinaryPrimitives.TryReadUInt32LittleEndian(rest, out uint word):
                bits = word;
                rest = rest[sizeof(uint)..];
                break;
            case WireType.Bytes when TryReadVarint(ref rest, out ulong length) && length <= (ulong)rest.Length:
                bytes = rest[..(int)length];
                rest = rest[(int)length..];
                break;
            default:
                return false;
        }

        field = new() { Number = number, Type = type, Bits = bits, Bytes = bytes };
        return true;
    }
}

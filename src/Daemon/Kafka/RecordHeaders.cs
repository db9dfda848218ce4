using System.Buffers.Binary;

namespace Streaming.Daemon.Kafka;

/// <summary>Headers of a record that was read, as they lie in its batch.</summary>
/// <remarks>Each is the length of its name and of its value, two bytes each, then both.</remarks>
internal readonly ref struct RecordHeaders(ReadOnlySpan<byte> packed)
{
    private const int LengthBytes = 4;

    private readonly ReadOnlySpan<byte> packed = packed;

    public bool IsEmpty => packed.IsEmpty;

    /// <summary>Finds the last header of a name, which is the one that counts.</summary>
    /// <returns>False, and no bytes, if there is none.</returns>
    public bool TryFind(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        value = default;
        bool isFound = false;
        for (ReadOnlySpan<byte> rest = packed; !rest.IsEmpty;)
        {
            int nameLength = BinaryPrimitives.ReadUInt16LittleEndian(rest);
            int end = LengthBytes + nameLength + BinaryPrimitives.ReadUInt16LittleEndian(rest[2..]);
            if (rest.Slice(LengthBytes, nameLength).SequenceEqual(name))
            {
                value = rest[(LengthBytes + nameLength)..end];
                isFound = true;
            }

            rest = rest[end..];
        }

        return isFound;
    }

    /// <summary>Adds the headers to a message's, but for names that begin in some way.</summary>
    public void CopyTo(MessageHeaders target, ReadOnlySpan<byte> except)
    {
        for (ReadOnlySpan<byte> rest = packed; !rest.IsEmpty;)
        {
            int nameLength = BinaryPrimitives.ReadUInt16LittleEndian(rest);
            int end = LengthBytes + nameLength + BinaryPrimitives.ReadUInt16LittleEndian(rest[2..]);
            ReadOnlySpan<byte> name = rest.Slice(LengthBytes, nameLength);
            if (!name.StartsWith(except))
            {
                target.Add(name, rest[(LengthBytes + nameLength)..end]);
            }

            rest = rest[end..];
        }
    }

    /// <summary>Room that headers take; 0 for null.</summary>
    public static int Bytes(MessageHeaders? headers)
    {
        int bytes = 0;
        for (int i = 0; i < (headers?.Count ?? 0); i++)
        {
            bytes += LengthBytes + headers!.Name(i).Length + headers.Value(i).Length;
        }

        return bytes;
    }

    /// <summary>Writes headers; a name or value takes 65,535 bytes at most.</summary>
    /// <param name="headers">The headers, or null for none.</param>
    /// <param name="room">As long as <see cref="Bytes"/> says.</param>
    /// <exception cref="OverflowException">A name or value is too long.</exception>
    public static void Write(MessageHeaders? headers, Span<byte> room)
    {
        for (int i = 0; i < (headers?.Count ?? 0); i++)
        {
            ReadOnlySpan<byte> name = headers!.Name(i), value = headers.Value(i);
            BinaryPrimitives.WriteUInt16LittleEndian(room, checked((ushort)name.Length));
            BinaryPrimitives.WriteUInt16LittleEndian(room[2..], checked((ushort)value.Length));
            name.CopyTo(room[LengthBytes..]);
            value.CopyTo(room[(LengthBytes + name.Length)..]);
            room = room[(LengthBytes + name.Length + value.Length)..];
        }
    }
}

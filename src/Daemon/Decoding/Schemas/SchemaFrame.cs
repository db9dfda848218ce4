using System.Buffers.Binary;
using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Decoding.Schemas;

/// <summary>A record's value behind the name of its schema, as Confluent's serializers frame it.</summary>
/// <remarks>A byte 00 and 4 bytes of number, big-endian, or a byte 01 and a GUID; before the payload, or in the header
/// __value_schema_id. Protobuf names the message after it.</remarks>
internal readonly ref struct SchemaFrame
{
    private const int NumberBytes = 4;
    private const int GuidBytes = 16;

    public SchemaId Id { get; private init; }

    /// <summary>What follows the name: the payload, or in a header, what that names further.</summary>
    public ReadOnlySpan<byte> Rest { get; private init; }

    /// <summary>Whether the name came in a header, so that the record's value is the payload.</summary>
    public bool IsInHeader { get; private init; }

    /// <summary>Reads a record's frame.</summary>
    /// <returns>False if it has none.</returns>
    public static bool TryRead(in InputRecord record, SchemaFraming framing, out SchemaFrame frame)
    {
        if (framing == SchemaFraming.None)
        {
            frame = new() { Rest = record.Value };
            return true;
        }

        bool isInHeader = record.Headers.TryFind("__value_schema_id"u8, out ReadOnlySpan<byte> header);
        return TryRead(isInHeader ? header : record.Value, isInHeader, out frame);
    }

    private static bool TryRead(ReadOnlySpan<byte> bytes, bool isInHeader, out SchemaFrame frame)
    {
        frame = default;
        if (bytes.Length > NumberBytes && bytes[0] == 0)
        {
            int number = BinaryPrimitives.ReadInt32BigEndian(bytes[1..]);
            frame = new() { Id = new(number), Rest = bytes[(1 + NumberBytes)..], IsInHeader = isInHeader };
            return true;
        }

        if (bytes.Length > GuidBytes && bytes[0] == 1)
        {
            var guid = new Guid(bytes.Slice(1, GuidBytes), bigEndian: true);
            frame = new() { Id = new(0, guid), Rest = bytes[(1 + GuidBytes)..], IsInHeader = isInHeader };
            return true;
        }

        return false;
    }
}

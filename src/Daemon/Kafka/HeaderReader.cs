using System.Runtime.InteropServices;
using Streaming.Daemon.Kafka.Native;

namespace Streaming.Daemon.Kafka;

/// <summary>Reads those headers of a record that a decoder can ask for: content-type, ce_*, schema ids.</summary>
/// <remarks>Of them the first 32 are kept, and none whose value is longer than 1 KiB. Costs a native call and one a
/// header, so only formats that need headers pay for it. Lane's thread only.</remarks>
internal sealed unsafe class HeaderReader
{
    /// <summary>Headers kept of a record, at most.</summary>
    public const int MaxHeaders = 32;

    /// <summary>Longest name or value kept, in bytes.</summary>
    public const int MaxBytes = 1_024;

    private readonly MessageHeaders kept = new();

    /// <summary>Reads a message's headers; valid until the next call.</summary>
    public MessageHeaders Read(RdMessage* message)
    {
        kept.Clear();
        nint headers;
        if (LibRdKafka.rd_kafka_message_headers(message, &headers) != 0)
        {
            return kept; // it has none, or they are not understood
        }

        byte* name;
        byte* value;
        nuint size;
        for (nuint i = 0;
            kept.Count < MaxHeaders && LibRdKafka.rd_kafka_header_get_all(headers, i, &name, &value, &size) == 0;
            i++)
        {
            ReadOnlySpan<byte> text = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name);
            if (size <= MaxBytes && text.Length <= MaxBytes && IsWanted(text))
            {
                kept.Add(text, new(value, (int)size));
            }
        }

        return kept;
    }

    private static bool IsWanted(ReadOnlySpan<byte> name) =>
        name.StartsWith("ce_"u8) || name.SequenceEqual("content-type"u8)
        || name.SequenceEqual("__key_schema_id"u8) || name.SequenceEqual("__value_schema_id"u8);
}

using System.Runtime.InteropServices;
using Streaming.Daemon.Kafka.Native;

namespace Streaming.Daemon.Kafka;

/// <summary>Reads the headers of a record: decoders ask for some, dead letters carry all.</summary>
/// <remarks>Of content-type, ce_* and schema ids the first 32 are kept whose name and value are no longer than 1 KiB;
/// of these and all others together as many as fit 16 KiB. Costs a native call, and one a header. Lane's thread
/// only.</remarks>
internal sealed unsafe class HeaderReader
{
    /// <summary>Headers that a decoder can ask for, of one record, at most.</summary>
    public const int MaxWanted = 32;

    /// <summary>Longest name or value of these, in bytes.</summary>
    public const int MaxWantedBytes = 1_024;

    /// <summary>Bytes of names and values of one record that others are kept within.</summary>
    public const int MaxBytes = 16 << 10;

    private const int HeaderBytes = 4; // that a header takes beside name and value: they may be empty

    private readonly MessageHeaders kept = new();

    /// <summary>Headers of the record read last that were left out.</summary>
    public int Cut { get; private set; }

    /// <summary>Reads a message's headers; valid until the next call.</summary>
    public MessageHeaders Read(RdMessage* message)
    {
        kept.Clear();
        Cut = 0;
        nint headers;
        if (LibRdKafka.rd_kafka_message_headers(message, &headers) != 0)
        {
            return kept; // it has none, or they are not understood
        }

        byte* name;
        byte* value;
        nuint size;
        int bytes = 0, wanted = 0;
        for (nuint i = 0; LibRdKafka.rd_kafka_header_get_all(headers, i, &name, &value, &size) == 0; i++)
        {
            ReadOnlySpan<byte> text = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name);
            bool isWanted = wanted < MaxWanted && size <= MaxWantedBytes && text.Length <= MaxWantedBytes
                && IsWanted(text);
            long after = bytes + HeaderBytes + text.Length + (long)size;
            if (!isWanted && after > MaxBytes)
            {
                Cut++;
                continue;
            }

            kept.Add(text, new(value, (int)size));
            wanted += isWanted ? 1 : 0;
            bytes = (int)after;
        }

        return kept;
    }

    private static bool IsWanted(ReadOnlySpan<byte> name) =>
        name.StartsWith("ce_"u8) || name.SequenceEqual("content-type"u8)
        || name.SequenceEqual("__key_schema_id"u8) || name.SequenceEqual("__value_schema_id"u8);
}

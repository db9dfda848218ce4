using System.Text;
using Streaming.Daemon.Decoding;
using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Output;

/// <summary>Headers that say why a record was refused and where it came from, and then its own.</summary>
/// <remarks>Allocates nothing once warm. Immutable: lanes may share one.</remarks>
internal sealed class DeadLetterHeaders
{
    /// <summary>A dead letter carries at most so many bytes of the refused key; the sender cuts it.</summary>
    public const int MaxKeyBytes = 4_096;

    /// <summary>A dead letter carries at most so many bytes of the refused value; the sender cuts it.</summary>
    public const int MaxValueBytes = 524_288;

    private readonly byte[] topic;

    /// <param name="inputTopic">Topic of the refused records.</param>
    public DeadLetterHeaders(string inputTopic)
    {
        ArgumentNullException.ThrowIfNull(inputTopic);
        topic = Encoding.UTF8.GetBytes(inputTopic);
    }

    /// <summary>Replaces the headers by those of a refused record.</summary>
    /// <param name="headers">Rewritten.</param>
    /// <param name="reason">Why it was refused.</param>
    /// <param name="partition">Partition of the refused record.</param>
    /// <param name="offset">Offset of the refused record.</param>
    /// <param name="timestampMs">Its Kafka timestamp, in ms since 1970; written as that number.</param>
    /// <param name="valueBytes">Size of its value as received; more than the message carries if that was cut.</param>
    /// <param name="own">Its headers; those that begin as ours do, of an earlier dead letter, are left out.</param>
    /// <param name="headersCut">Further headers of it that were not kept.</param>
    public void Fill(
        MessageHeaders headers, RejectReason reason, int partition, long offset, long timestampMs, int valueBytes,
        RecordHeaders own, int headersCut)
    {
        headers.Clear();
        headers.Add("forecaster_reason"u8, reason.NameUtf8());
        headers.Add("forecaster_detail"u8, reason.DetailUtf8());
        headers.Add("forecaster_topic"u8, topic);
        AddInteger(headers, "forecaster_partition"u8, partition);
        AddInteger(headers, "forecaster_offset"u8, offset);
        AddInteger(headers, "forecaster_timestamp"u8, timestampMs);
        AddInteger(headers, "forecaster_size"u8, valueBytes);
        AddInteger(headers, "forecaster_headers_cut"u8, headersCut);
        own.CopyTo(headers, except: "forecaster_"u8);
    }

    private static void AddInteger(MessageHeaders headers, ReadOnlySpan<byte> name, long value)
    {
        Span<byte> text = stackalloc byte[NumberText.MaxBytes];
        headers.Add(name, text[..NumberText.WriteInteger(value, text)]);
    }
}

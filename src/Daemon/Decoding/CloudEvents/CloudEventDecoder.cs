using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Decoding.CloudEvents;

/// <summary>Reads CloudEvents whose data is JSON, in structured or binary mode.</summary>
/// <remarks>The configured paths start at the data; "ce.source" is the attribute source. An event whose data has no
/// time has that of the event, else Kafka's. Source: CloudEvents 1.0.2, its JSON format and its Kafka protocol binding.
/// </remarks>
internal sealed class CloudEventDecoder : IRecordDecoder
{
    private const string MediaType = "application/cloudevents";

    private const int DataBase64 = CloudEventPaths.Count; // field of the envelope

    private readonly KafkaFields kafka;
    private readonly CloudEventPaths paths;
    private readonly JsonFieldReader envelopeReader;
    private readonly JsonFieldReader dataReader;
    private readonly JsonTextRoom idRoom = new();
    private readonly JsonScalars scalars;
    private byte[] dataRoom = new byte[512]; // data that came as base64

    public CloudEventDecoder(InputOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        kafka = new(options);
        paths = new(options);
        envelopeReader = new([.. paths.FromEnvelope, "data_base64"]);
        dataReader = new([.. paths.FromData]);
        scalars = new(options.TimeUnit);
    }

    /// <inheritdoc/>
    public RejectReason Decode(in InputRecord record, ObservationList observations) =>
        IsBinary(record.Headers) ? DecodeBinary(record, observations) : DecodeStructured(record, observations);

    /// <summary>Whether the attributes are headers: they may be there in structured mode too, as copies.</summary>
    private static bool IsBinary(RecordHeaders headers) =>
        headers.TryFind("ce_specversion"u8, out _)
        && !(headers.TryFind("content-type"u8, out ReadOnlySpan<byte> type)
            && type.Length >= MediaType.Length && Ascii.EqualsIgnoreCase(type[..MediaType.Length], MediaType));

    private RejectReason DecodeBinary(in InputRecord record, ObservationList observations)
    {
        Span<JsonField> fields = stackalloc JsonField[CloudEventPaths.Count];
        ReadOnlySpan<byte> json = record.Text;
        RejectReason reason = dataReader.Read(json, fields);
        return reason != RejectReason.None
            ? reason
            : Observe(
                Pick(record, json, fields, CloudEventPaths.Series),
                Pick(record, json, fields, CloudEventPaths.Time),
                Pick(record, json, fields, CloudEventPaths.Value),
                Pick(record, json, fields, CloudEventPaths.EventTime),
                record, observations);
    }

    private CloudEventField Pick(
        in InputRecord record, ReadOnlySpan<byte> json, ReadOnlySpan<JsonField> fields, int path)
    {
        if (!paths.IsAttribute(path))
        {
            return new(json, fields[path]);
        }

        bool isThere = record.Headers.TryFind(paths.Header(path), out ReadOnlySpan<byte> header);
        return new(header, isThere ? new(JsonKind.Text, 0, header.Length) : default);
    }

    private RejectReason DecodeStructured(in InputRecord record, ObservationList observations)
    {
        Span<JsonField> fields = stackalloc JsonField[CloudEventPaths.Count + 1];
        Span<JsonField> inner = stackalloc JsonField[CloudEventPaths.Count];
        ReadOnlySpan<byte> json = record.Text, data = json;
        RejectReason reason = envelopeReader.Read(json, fields);
        if (reason == RejectReason.None && fields[DataBase64].Kind == JsonKind.Text)
        {
            bool isDecoded = TryDecode(json, fields[DataBase64], out data);
            reason = isDecoded ? dataReader.Read(data, inner) : RejectReason.NotJson;
        }
        else
        {
            inner = fields;
        }

        return reason != RejectReason.None
            ? reason
            : Observe(
                Pick(json, fields, data, inner, CloudEventPaths.Series),
                Pick(json, fields, data, inner, CloudEventPaths.Time),
                Pick(json, fields, data, inner, CloudEventPaths.Value),
                Pick(json, fields, data, inner, CloudEventPaths.EventTime), record, observations);
    }

    private CloudEventField Pick(
        ReadOnlySpan<byte> json, ReadOnlySpan<JsonField> fields, ReadOnlySpan<byte> data, ReadOnlySpan<JsonField> inner,
        int path) =>
        paths.IsAttribute(path) ? new(json, fields[path]) : new(data, inner[path]);

    private RejectReason Observe(
        in CloudEventField series, in CloudEventField time, in CloudEventField value, in CloudEventField eventTime,
        in InputRecord record, ObservationList observations)
    {
        RejectReason reason;
        return (reason = kafka.HasSeries
                ? KafkaFields.ReadSeries(record, observations)
                : JsonDecoder.ReadSeries(series.Json, series.Field, idRoom, observations)) != RejectReason.None
            || (reason = kafka.HasTime ? EventTime.OfKafka(record.TimestampMs, out long ticks)
                : time.IsMissing ? scalars.ReadTime(eventTime.Json, eventTime.Field, record.TimestampMs, out ticks)
                : scalars.ReadTime(time.Json, time.Field, out ticks)) != RejectReason.None
            || (reason = scalars.ReadValue(value.Json, value.Field, out double number)) != RejectReason.None
            ? reason
            : observations.Add(ticks, number);
    }

    /// <summary>Decodes base64 into the room, which grows to the longest there was.</summary>
    private bool TryDecode(ReadOnlySpan<byte> json, JsonField field, out ReadOnlySpan<byte> data)
    {
        data = default;
        ReadOnlySpan<byte> text = field.Raw(json);
        if (text.Length > dataRoom.Length)
        {
            dataRoom = new byte[Math.Max(text.Length, 2 * dataRoom.Length)];
        }

        int bytes = text.Length;
        if (!field.IsEscaped)
        {
            text.CopyTo(dataRoom);
        }
        else if (!JsonString.TryUnescape(text, dataRoom, out bytes))
        {
            return false;
        }

        bool isDecoded = Base64.DecodeFromUtf8InPlace(dataRoom.AsSpan(0, bytes), out int decoded)
            == OperationStatus.Done;
        data = dataRoom.AsSpan(0, isDecoded ? decoded : 0);
        return isDecoded;
    }
}

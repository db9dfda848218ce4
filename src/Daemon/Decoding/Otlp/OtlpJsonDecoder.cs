using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Decoding.Otlp;

/// <summary>Reads OTLP metrics in JSON: what the OpenTelemetry Collector's Kafka exporter sends as otlp_json.</summary>
/// <remarks>The document is checked as a whole first. Members may come in any order: what needs others is read when its
/// object has ended. Source: OTLP specification, "JSON Protobuf Encoding".</remarks>
internal sealed class OtlpJsonDecoder : IRecordDecoder
{
    private readonly JsonFieldReader check = new();
    private readonly JsonTextRoom nameRoom = new();
    private readonly JsonTextRoom unitRoom = new();
    private readonly OtlpSink sink;
    private readonly OtlpJsonAttributes attributes;
    private readonly OtlpJsonPoints points;

    public OtlpJsonDecoder(InputOptions options)
    {
        sink = new OtlpSink(options);
        attributes = new OtlpJsonAttributes(sink);
        points = new OtlpJsonPoints(sink, attributes);
    }

    /// <inheritdoc/>
    public RejectReason Decode(in InputRecord record, ObservationList observations)
    {
        sink.Begin(observations);
        ReadOnlySpan<byte> json = record.Text;
        RejectReason reason = check.Read(json, []);
        if (reason != RejectReason.None)
        {
            return reason;
        }

        var cursor = new JsonCursor(json);
        bool isObject = cursor.TryEnter(JsonKind.Object);
        while (isObject && cursor.TryNextMember())
        {
            if (!cursor.Name.SequenceEqual("resourceMetrics"u8))
            {
                cursor.Skip();
                continue;
            }

            bool isArray = cursor.TryEnter(JsonKind.Array);
            while (isArray && cursor.TryNextObject())
            {
                if ((reason = ReadResourceMetrics(ref cursor)) != RejectReason.None)
                {
                    return reason;
                }
            }
        }

        return sink.End();
    }

    private RejectReason ReadResourceMetrics(ref JsonCursor cursor)
    {
        JsonCursor scopes = default;
        var reason = RejectReason.None;
        sink.BeginResource();
        while (reason == RejectReason.None && cursor.TryNextMember())
        {
            if (cursor.Name.SequenceEqual("resource"u8))
            {
                reason = ReadResource(ref cursor);
                continue;
            }

            scopes = cursor.Name.SequenceEqual("scopeMetrics"u8) ? cursor : scopes;
            cursor.Skip();
        }

        sink.EndResource();
        bool isArray = scopes.TryEnter(JsonKind.Array);
        while (isArray && reason == RejectReason.None && scopes.TryNextObject())
        {
            reason = ReadScopeMetrics(ref scopes);
        }

        return reason;
    }

    private RejectReason ReadResource(ref JsonCursor cursor)
    {
        var reason = RejectReason.None;
        bool isObject = cursor.TryEnter(JsonKind.Object);
        while (isObject && reason == RejectReason.None && cursor.TryNextMember())
        {
            if (cursor.Name.SequenceEqual("attributes"u8))
            {
                reason = attributes.Read(ref cursor);
            }
            else
            {
                cursor.Skip();
            }
        }

        return reason;
    }

    private RejectReason ReadScopeMetrics(ref JsonCursor cursor)
    {
        var reason = RejectReason.None;
        while (reason == RejectReason.None && cursor.TryNextMember())
        {
            if (!cursor.Name.SequenceEqual("metrics"u8))
            {
                cursor.Skip();
                continue;
            }

            bool isArray = cursor.TryEnter(JsonKind.Array);
            while (isArray && reason == RejectReason.None && cursor.TryNextObject())
            {
                reason = ReadMetric(ref cursor);
            }
        }

        return reason;
    }

    private RejectReason ReadMetric(ref JsonCursor cursor)
    {
        JsonField name = default, unit = default;
        JsonCursor data = default;
        var shape = OtlpShape.None;
        while (cursor.TryNextMember())
        {
            if (ShapeOf(cursor.Name) is var found and not OtlpShape.None)
            {
                shape = found;
                data = cursor;
            }

            bool isName = cursor.Name.SequenceEqual("name"u8), isUnit = cursor.Name.SequenceEqual("unit"u8);
            JsonField field = cursor.Take();
            name = isName && field.Kind == JsonKind.Text ? field : name;
            unit = isUnit && field.Kind == JsonKind.Text ? field : unit;
        }

        if (!nameRoom.TryRead(cursor.Raw(name), name.IsEscaped, out ReadOnlySpan<byte> nameText))
        {
            return RejectReason.BadUtf8;
        }

        bool isKnown = unitRoom.TryRead(cursor.Raw(unit), unit.IsEscaped, out ReadOnlySpan<byte> unitText);
        return points.Read(new() { Name = nameText, Unit = isKnown ? unitText : default, Shape = shape }, ref data);
    }

    private static OtlpShape ShapeOf(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("gauge"u8) ? OtlpShape.Gauge
        : name.SequenceEqual("sum"u8) ? OtlpShape.Sum
        : name.SequenceEqual("histogram"u8) ? OtlpShape.Histogram
        : name.SequenceEqual("exponentialHistogram"u8) ? OtlpShape.ExponentialHistogram
        : name.SequenceEqual("summary"u8) ? OtlpShape.Summary
        : OtlpShape.None;
}

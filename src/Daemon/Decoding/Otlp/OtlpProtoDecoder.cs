using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Decoding.Otlp;

/// <summary>Reads OTLP metrics in Protobuf (ExportMetricsServiceRequest): what the OpenTelemetry Collector's Kafka
/// exporter sends by default, many series a record.</summary>
/// <remarks>Fields may come in any order, so a message is read twice where one field says what another means. Fields
/// that mean nothing here are not looked into. Source: opentelemetry/proto/metrics/v1/metrics.proto.</remarks>
internal sealed class OtlpProtoDecoder : IRecordDecoder
{
    private readonly OtlpSink sink;
    private readonly OtlpProtoPoints points;

    public OtlpProtoDecoder(InputOptions options)
    {
        sink = new OtlpSink(options);
        points = new OtlpProtoPoints(sink);
    }

    /// <summary>Whether a value looks like an export: messages of field 1 from its start to its end, the first of which
    /// begins with a resource or its metrics.</summary>
    public static bool IsLikely(ReadOnlySpan<byte> value)
    {
        var export = new ProtoReader(value);
        bool isLikely = export.TryRead(out ProtoField first) && first.Is(1, WireType.Bytes)
            && first.Bytes is [0x0A or 0x12, ..];
        while (isLikely && export.TryRead(out ProtoField field))
        {
            isLikely = field.Is(1, WireType.Bytes);
        }

        return isLikely && !export.IsMalformed;
    }

    /// <inheritdoc/>
    public RejectReason Decode(in InputRecord record, ObservationList observations)
    {
        sink.Begin(observations);
        var export = new ProtoReader(record.Value);
        while (export.TryRead(out ProtoField field))
        {
            if (field.Is(1, WireType.Bytes) && ReadResourceMetrics(field.Bytes) is var reason and not RejectReason.None)
            {
                return reason;
            }
        }

        return export.IsMalformed ? RejectReason.NotOtlp : sink.End();
    }

    private RejectReason ReadResourceMetrics(ReadOnlySpan<byte> message)
    {
        sink.BeginResource();
        var reader = new ProtoReader(message);
        while (reader.TryRead(out ProtoField field))
        {
            if (field.Is(1, WireType.Bytes) && !ReadResource(field.Bytes))
            {
                return RejectReason.NotOtlp;
            }
        }

        sink.EndResource();
        bool isMalformed = reader.IsMalformed;
        reader = new ProtoReader(message);
        while (reader.TryRead(out ProtoField field))
        {
            if (field.Is(2, WireType.Bytes) && ReadScopeMetrics(field.Bytes) is var reason and not RejectReason.None)
            {
                return reason;
            }
        }

        return isMalformed ? RejectReason.NotOtlp : RejectReason.None;
    }

    private bool ReadResource(ReadOnlySpan<byte> message)
    {
        var reader = new ProtoReader(message);
        bool isRead = true;
        while (isRead && reader.TryRead(out ProtoField field))
        {
            isRead = !field.Is(1, WireType.Bytes) || OtlpProtoAttribute.TryRead(field.Bytes, sink);
        }

        return isRead && !reader.IsMalformed;
    }

    private RejectReason ReadScopeMetrics(ReadOnlySpan<byte> message)
    {
        var reader = new ProtoReader(message);
        while (reader.TryRead(out ProtoField field))
        {
            if (field.Is(2, WireType.Bytes) && ReadMetric(field.Bytes) is var reason and not RejectReason.None)
            {
                return reason;
            }
        }

        return reader.IsMalformed ? RejectReason.NotOtlp : RejectReason.None;
    }

    private RejectReason ReadMetric(ReadOnlySpan<byte> message)
    {
        ReadOnlySpan<byte> name = default, unit = default, data = default;
        var shape = OtlpShape.None;
        var reader = new ProtoReader(message);
        while (reader.TryRead(out ProtoField field))
        {
            if (field.Is(1, WireType.Bytes))
            {
                name = field.Bytes;
            }
            else if (field.Is(3, WireType.Bytes))
            {
                unit = field.Bytes;
            }
            else if (field is { Type: WireType.Bytes, Number: 5 or 7 or 9 or 10 or 11 })
            {
                shape = (OtlpShape)field.Number;
                data = field.Bytes;
            }
        }

        return reader.IsMalformed
            ? RejectReason.NotOtlp
            : points.Read(new() { Name = name, Unit = unit, Shape = shape }, data);
    }
}

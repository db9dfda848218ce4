using System.Buffers.Binary;

namespace Streaming.Daemon.Decoding.Otlp;

/// <summary>Reads the data points of one metric.</summary>
/// <remarks>The five messages that hold points agree in most field numbers, and those of points too; where they differ,
/// so do the types on the wire or the shape tells.</remarks>
internal sealed class OtlpProtoPoints(OtlpSink sink)
{
    private const int BucketCounts = 6;
    private const int ExplicitBounds = 7;

    /// <param name="metric">The metric, as far as is known before its points.</param>
    /// <param name="data">The message Gauge, Sum, Histogram, ExponentialHistogram or Summary.</param>
    /// <returns>None, NotOtlp, or what the sink refuses.</returns>
    public RejectReason Read(OtlpMetric metric, ReadOnlySpan<byte> data)
    {
        ulong temporality = 0, isMonotonic = 0;
        var reader = new ProtoReader(data);
        while (reader.TryRead(out ProtoField field))
        {
            temporality = field.Is(2, WireType.Varint) ? field.Bits : temporality;
            isMonotonic = field.Is(3, WireType.Varint) ? field.Bits : isMonotonic;
        }

        bool isMalformed = reader.IsMalformed;
        metric = metric with { Temporality = temporality, IsMonotonic = isMonotonic != 0 };
        reader = new ProtoReader(data);
        while (reader.TryRead(out ProtoField field))
        {
            RejectReason reason =
                field.Is(1, WireType.Bytes) ? ReadPoint(metric, field.Bytes) : RejectReason.None;
            if (reason != RejectReason.None)
            {
                return reason;
            }
        }

        return isMalformed ? RejectReason.NotOtlp : RejectReason.None;
    }

    private RejectReason ReadPoint(in OtlpMetric metric, ReadOnlySpan<byte> message)
    {
        sink.BeginPoint();
        OtlpPoint point = default;
        int attributes = metric.Shape switch { OtlpShape.Histogram => 9, OtlpShape.ExponentialHistogram => 1, _ => 7 };
        var reader = new ProtoReader(message);
        while (reader.TryRead(out ProtoField field))
        {
            bool isRead = true;
            if (field.Is(attributes, WireType.Bytes))
            {
                isRead = OtlpProtoAttribute.TryRead(field.Bytes, sink);
            }
            else if (metric.Shape == OtlpShape.Histogram && field.Number is BucketCounts or ExplicitBounds)
            {
                isRead = TryReadBuckets(field);
            }
            else
            {
                ReadNumber(metric, field, ref point);
            }

            if (!isRead)
            {
                return RejectReason.NotOtlp;
            }
        }

        return reader.IsMalformed ? RejectReason.NotOtlp : sink.EndPoint(metric, point);
    }

    /// <summary>Takes a packed part of counts or bounds, or one of them.</summary>
    private bool TryReadBuckets(in ProtoField field)
    {
        if (sink.Buckets is not { } buckets || field.Type is not (WireType.Bytes or WireType.Fixed64))
        {
            return true;
        }

        ReadOnlySpan<byte> packed = field.Bytes;
        if (field.Type == WireType.Fixed64)
        {
            Add(buckets, field.Number, field.Bits);
        }

        for (; BinaryPrimitives.TryReadUInt64LittleEndian(packed, out ulong bits); packed = packed[sizeof(ulong)..])
        {
            Add(buckets, field.Number, bits);
        }

        return packed.IsEmpty;
    }

    private static void Add(OtlpBuckets buckets, int field, ulong bits)
    {
        if (field == BucketCounts)
        {
            buckets.AddCount(bits);
        }
        else
        {
            buckets.AddBound(BitConverter.UInt64BitsToDouble(bits));
        }
    }

    private static void ReadNumber(in OtlpMetric metric, in ProtoField field, ref OtlpPoint point)
    {
        double real = BitConverter.UInt64BitsToDouble(field.Bits);
        switch (field.Number, field.Type)
        {
            case (2, WireType.Fixed64):
                point.StartTicks = OtlpPoint.Ticks(field.Bits);
                break;
            case (3, WireType.Fixed64):
                point.TimeTicks = OtlpPoint.Ticks(field.Bits);
                break;
            case (4, WireType.Fixed64) when metric.HasNumbers:
                point.Value = real;
                break;
            case (6, WireType.Fixed64) when metric.HasNumbers:
                point.Value = (long)field.Bits;
                break;
            case (4, WireType.Fixed64):
                point.Count = field.Bits;
                break;
            case (5, WireType.Fixed64):
                point.Sum = real;
                break;
            case (8 or 10, WireType.Varint):
                point.Flags = field.Bits;
                break;
        }
    }
}

using System.Buffers.Text;
using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Decoding.Otlp;

/// <summary>Reads the data points of one metric.</summary>
/// <remarks>64-bit integers are text or numbers, doubles numbers or "NaN", "Infinity", "-Infinity"; null is as if the
/// member were not there.</remarks>
internal sealed class OtlpJsonPoints(OtlpSink sink, OtlpJsonAttributes attributes)
{
    /// <param name="metric">The metric, as far as is known before its points.</param>
    /// <param name="data">At the object that holds the points.</param>
    /// <returns>None, or TooMany.</returns>
    public RejectReason Read(OtlpMetric metric, ref JsonCursor data)
    {
        JsonCursor points = default;
        ulong temporality = 0;
        bool isMonotonic = false, isObject = data.TryEnter(JsonKind.Object);
        while (isObject && data.TryNextMember())
        {
            points = data.Name.SequenceEqual("dataPoints"u8) ? data : points;
            bool isTemporality = data.Name.SequenceEqual("aggregationTemporality"u8);
            bool isFlag = data.Name.SequenceEqual("isMonotonic"u8);
            JsonField field = data.Take();
            temporality = isTemporality ? TemporalityOf(data.Raw(field)) : temporality;
            isMonotonic = isFlag ? data.Raw(field).SequenceEqual("true"u8) : isMonotonic;
        }

        metric = metric with { Temporality = temporality, IsMonotonic = isMonotonic };
        var reason = RejectReason.None;
        bool isArray = points.TryEnter(JsonKind.Array);
        while (isArray && reason == RejectReason.None && points.TryNextObject())
        {
            reason = ReadPoint(metric, ref points);
        }

        return reason;
    }

    /// <summary>OTLP demands numbers; the general mapping of Protobuf to JSON writes names.</summary>
    private static ulong TemporalityOf(ReadOnlySpan<byte> text) =>
        text.SequenceEqual("1"u8) || text.EndsWith("_DELTA"u8) ? OtlpMetric.Delta
        : text.SequenceEqual("2"u8) || text.EndsWith("_CUMULATIVE"u8) ? OtlpMetric.Cumulative
        : 0;

    private RejectReason ReadPoint(in OtlpMetric metric, ref JsonCursor cursor)
    {
        sink.BeginPoint();
        OtlpPoint point = default;
        var fault = RejectReason.None;
        while (cursor.TryNextMember())
        {
            RejectReason reason = cursor.Name.SequenceEqual("attributes"u8) ? attributes.Read(ref cursor)
                : metric.Shape == OtlpShape.Histogram && sink.Buckets is { } buckets && IsOfBuckets(cursor.Name)
                    ? ReadBuckets(ref cursor, buckets)
                : ReadNumber(ref cursor, ref point);
            fault = fault == RejectReason.None ? reason : fault;
        }

        return sink.EndPoint(metric, point, fault);
    }

    private static bool IsOfBuckets(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("bucketCounts"u8) || name.SequenceEqual("explicitBounds"u8);

    private static RejectReason ReadBuckets(ref JsonCursor cursor, OtlpBuckets buckets)
    {
        bool areCounts = cursor.Name.SequenceEqual("bucketCounts"u8), areNumbers = true;
        if (areCounts)
        {
            buckets.ClearCounts(); // of members with one name the last counts
        }
        else
        {
            buckets.ClearBounds();
        }

        bool isArray = cursor.TryEnter(JsonKind.Array);
        while (isArray && cursor.TryNextElement())
        {
            JsonField field = cursor.Take();
            areNumbers &= NumberReader.TryParse(cursor.Raw(field), out double number)
                && field.Kind is JsonKind.Number or JsonKind.Text;
            if (areCounts)
            {
                buckets.AddCount(number);
            }
            else
            {
                buckets.AddBound(number);
            }
        }

        return areNumbers ? RejectReason.None : RejectReason.BadValue;
    }

    private static RejectReason ReadNumber(ref JsonCursor cursor, ref OtlpPoint point)
    {
        ReadOnlySpan<byte> name = cursor.Name;
        JsonField field = cursor.Take();
        ReadOnlySpan<byte> text = cursor.Raw(field);
        if (field.Kind == JsonKind.Null)
        {
            return RejectReason.None;
        }

        bool isNumber = field.Kind is JsonKind.Number or JsonKind.Text;
        return name.SequenceEqual("timeUnixNano"u8) ? ReadTime(isNumber, text, ref point.TimeTicks)
            : name.SequenceEqual("startTimeUnixNano"u8) ? ReadTime(isNumber, text, ref point.StartTicks)
            : name.SequenceEqual("asDouble"u8) || name.SequenceEqual("asInt"u8)
                ? ReadValue(isNumber, text, ref point.Value)
            : name.SequenceEqual("count"u8) ? ReadValue(isNumber, text, ref point.Count)
            : name.SequenceEqual("sum"u8) ? ReadValue(isNumber, text, ref point.Sum)
            : name.SequenceEqual("flags"u8) && !Utf8Parser.TryParse(text, out point.Flags, out _)
                ? RejectReason.NotOtlp
            : RejectReason.None;
    }

    private static RejectReason ReadTime(bool isNumber, ReadOnlySpan<byte> text, ref long ticks)
    {
        RejectReason reason = EpochTime.Parse(text, TimeUnit.Nanoseconds, out long read);
        ticks = read == EventTime.MinTicks ? 0 : read; // no time, as in Protobuf
        return isNumber ? reason : RejectReason.BadTime;
    }

    private static RejectReason ReadValue(bool isNumber, ReadOnlySpan<byte> text, ref double? value)
    {
        bool isRead = NumberReader.TryParse(text, out double number);
        value = number;
        return isNumber && isRead ? RejectReason.None : RejectReason.BadValue;
    }
}

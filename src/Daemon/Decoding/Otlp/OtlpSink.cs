using System.Globalization;
using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Decoding.Otlp;

/// <summary>Names the series of data points and adds their observations: what OTLP's encodings share.</summary>
/// <remarks>
/// A series is the metric's name with the attributes of resource and point as labels; the point's win. Histograms and
/// summaries give two series, {name}_count and {name}_sum, and on request histograms one of each bucket. Points of a
/// series that ended are left out, and so are NaN and infinities: one missing value spoils no batch. Not thread-safe.
/// </remarks>
internal sealed class OtlpSink(InputOptions options)
{
    private readonly SeriesNamer namer = new(options);
    private readonly byte[] numberRoom = new byte[32]; // of a double: at most 24 characters
    private readonly OtlpBuckets? buckets = options.Buckets ? new() : null;
    private ObservationList observations = new();
    private int resourceLabels;
    private bool hasPoints;

    /// <summary>Buckets of the point begun last, to be filled; null where nobody asked for them.</summary>
    public OtlpBuckets? Buckets => buckets;

    /// <summary>Starts a record, whose observations the list gets.</summary>
    public void Begin(ObservationList observations)
    {
        this.observations = observations;
        hasPoints = false;
    }

    /// <summary>None, or NotOtlp if no data point came.</summary>
    public RejectReason End() => hasPoints ? RejectReason.None : RejectReason.NotOtlp;

    /// <summary>Starts a resource; labels are its attributes until <see cref="EndResource"/>.</summary>
    public void BeginResource() => namer.Begin(default);

    /// <summary>Labels from here on are those of points.</summary>
    public void EndResource() => resourceLabels = namer.Count;

    /// <summary>Starts a data point; labels from here on are its attributes.</summary>
    public void BeginPoint()
    {
        namer.Rewind(resourceLabels);
        buckets?.Clear();
        hasPoints = true;
    }

    public void Label(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value) => namer.Label(key, value);

    public void Label(ReadOnlySpan<byte> key, bool value) => namer.Label(key, value ? "true"u8 : "false"u8);

    public void Label(ReadOnlySpan<byte> key, long value)
    {
        value.TryFormat(numberRoom, out int bytes, provider: CultureInfo.InvariantCulture);
        namer.Label(key, numberRoom.AsSpan(0, bytes));
    }

    public void Label(ReadOnlySpan<byte> key, double value)
    {
        value.TryFormat(numberRoom, out int bytes, "R", CultureInfo.InvariantCulture);
        namer.Label(key, numberRoom.AsSpan(0, bytes));
    }

    /// <summary>Adds the observations of the point begun last; what can't be used of them is refused by
    /// itself.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="point">The point.</param>
    /// <param name="fault">What is wrong with the point already; or None.</param>
    /// <returns>None, or TooMany.</returns>
    public RejectReason EndPoint(in OtlpMetric metric, in OtlpPoint point, RejectReason fault = RejectReason.None)
    {
        RejectReason reason = fault == RejectReason.None ? Add(metric, point) : fault;
        if (reason != RejectReason.TooMany)
        {
            observations.Refuse(reason);
            reason = RejectReason.None;
        }

        return reason;
    }

    private RejectReason Add(in OtlpMetric metric, in OtlpPoint point)
    {
        if (point.IsEmpty)
        {
            return RejectReason.None;
        }

        if (point.TimeTicks == 0)
        {
            return RejectReason.MissingTime;
        }

        if (metric.HasNumbers)
        {
            namer.Rename(metric.Name);
            return Add(metric, point, point.Value, metric.Unit);
        }

        namer.Rename(metric.Name, "count"u8);
        RejectReason reason = Add(metric, point, point.Count, unit: default);
        namer.Rename(metric.Name, "sum"u8);
        reason = reason == RejectReason.None ? Add(metric, point, point.Sum, metric.Unit) : reason;
        return reason == RejectReason.None ? AddBuckets(metric, point) : reason;
    }

    /// <summary>Adds the buckets as Prometheus has them: how many values are at most le.</summary>
    private RejectReason AddBuckets(in OtlpMetric metric, in OtlpPoint point)
    {
        if (buckets is null || !buckets.IsValid)
        {
            return buckets is null ? RejectReason.None : RejectReason.NotOtlp;
        }

        namer.Rename(metric.Name, "bucket"u8);
        double count = 0;
        int labels = namer.Count;
        var reason = RejectReason.None;
        for (int i = 0; i < buckets.Count && reason == RejectReason.None; i++)
        {
            count += buckets.CountOf(i);
            namer.Rewind(labels);
            if (double.IsFinite(buckets.BoundOf(i)))
            {
                Label("le"u8, buckets.BoundOf(i));
            }
            else
            {
                namer.Label("le"u8, "+Inf"u8);
            }

            reason = Add(metric, point, count, unit: default);
        }

        return reason;
    }

    private RejectReason Add(in OtlpMetric metric, in OtlpPoint point, double? value, ReadOnlySpan<byte> unit)
    {
        if (value is not { } number || !double.IsFinite(number))
        {
            return RejectReason.None;
        }

        observations.SetUnit(unit);
        RejectReason reason = namer.End(observations);
        return reason == RejectReason.None
            ? observations.Add(point.TimeTicks, number, metric.Kind, metric.IsTotal ? point.StartTicks : 0)
            : reason;
    }
}

using Streaming.Daemon.Configuration;
using Streaming.Inference.Series;

namespace Streaming.Daemon.Decoding;

/// <summary>Reads metrics of Vector's codecs json and native_json: gauges and counters, as
/// namespace_name{tags}.</summary>
/// <remarks>Sets, distributions, histograms, summaries, changes of a gauge, and logs are refused. Source: Vector,
/// lib/vector-core/src/event/metric.</remarks>
internal sealed class VectorDecoder : IRecordDecoder
{
    private readonly JsonFieldReader check = new();
    private readonly JsonTextRoom spaceRoom = new();
    private readonly JsonTextRoom nameRoom = new();
    private readonly JsonScalars scalars;
    private readonly SeriesNamer namer;
    private readonly JsonLabels labels;

    public VectorDecoder(InputOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        scalars = new(options.TimeUnit);
        namer = new(options);
        labels = new(namer);
    }

    /// <inheritdoc/>
    public RejectReason Decode(in InputRecord record, ObservationList observations)
    {
        ReadOnlySpan<byte> json = record.Text;
        RejectReason reason = check.Read(json, []);
        if (reason != RejectReason.None)
        {
            return reason;
        }

        var metric = VectorMetric.Find(new(json));
        return (reason = KindOf(json, metric, out ValueKind kind)) != RejectReason.None
            || (reason = ReadSeries(json, metric, observations)) != RejectReason.None
            || (reason = scalars.ReadTime(json, metric.Time, record.TimestampMs, out long ticks)) != RejectReason.None
            || (reason = scalars.ReadValue(json, metric.Value, out double value)) != RejectReason.None
            ? reason
            : observations.Add(ticks, value, kind);
    }

    private static RejectReason KindOf(ReadOnlySpan<byte> json, in VectorMetric metric, out ValueKind kind)
    {
        bool isChange = metric.Change.Raw(json).SequenceEqual("incremental"u8);
        kind = metric.IsGauge ? ValueKind.Gauge : isChange ? ValueKind.Delta : ValueKind.Counter;
        return (metric.IsGauge && !isChange) || metric.IsCounter ? RejectReason.None
            : metric.IsGauge || metric.IsOther ? RejectReason.UnsupportedMetric
            : RejectReason.MissingValue;
    }

    private RejectReason ReadSeries(ReadOnlySpan<byte> json, in VectorMetric metric, ObservationList observations)
    {
        if (metric.Name.Kind != JsonKind.Text)
        {
            return RejectReason.MissingSeries;
        }

        if (!spaceRoom.TryRead(metric.Namespace.Raw(json), metric.Namespace.IsEscaped, out ReadOnlySpan<byte> space)
            || !nameRoom.TryRead(metric.Name.Raw(json), metric.Name.IsEscaped, out ReadOnlySpan<byte> name))
        {
            return RejectReason.BadUtf8;
        }

        namer.Begin(default);
        namer.Rename(metric.Namespace.Kind == JsonKind.Text ? space : default, name);
        RejectReason reason = labels.Add(metric.Tags);
        return reason == RejectReason.None ? namer.End(observations) : reason;
    }
}

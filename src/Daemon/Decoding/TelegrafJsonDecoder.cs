using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Decoding;

/// <summary>Reads Telegraf's JSON: each numeric or boolean field is an observation of name_field{tags}.</summary>
/// <remarks>One metric, {"metrics": [metrics]} or a bare array of metrics; one that is bad is refused, the others
/// stand. Source: Telegraf, plugins/serializers/json.</remarks>
internal sealed class TelegrafJsonDecoder : IRecordDecoder
{
    private readonly JsonFieldReader check = new();
    private readonly JsonTextRoom nameRoom = new();
    private readonly JsonTextRoom fieldRoom = new();
    private readonly JsonScalars scalars;
    private readonly SeriesNamer namer;
    private readonly JsonLabels labels;

    public TelegrafJsonDecoder(InputOptions options)
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

        var root = new JsonCursor(json);
        JsonCursor batch = root;
        if (!batch.TryEnter(JsonKind.Array))
        {
            root.TryEnter(JsonKind.Object);
            var metric = TelegrafMetric.Find(ref root);
            batch = metric.Metrics;
            if (!batch.TryEnter(JsonKind.Array))
            {
                return ReadMetric(json, metric, record.TimestampMs, observations);
            }
        }

        while (reason != RejectReason.TooMany && batch.TryNextObject())
        {
            reason = ReadMetric(json, TelegrafMetric.Find(ref batch), record.TimestampMs, observations);
            observations.Refuse(reason);
        }

        return reason == RejectReason.TooMany ? reason : RejectReason.None;
    }

    private RejectReason ReadMetric(
        ReadOnlySpan<byte> json, in TelegrafMetric metric, long timestampMs, ObservationList observations)
    {
        JsonField name = metric.Name;
        if (name.Kind != JsonKind.Text)
        {
            return RejectReason.MissingSeries;
        }

        if (!nameRoom.TryRead(name.Raw(json), name.IsEscaped, out ReadOnlySpan<byte> measurement))
        {
            return RejectReason.BadUtf8;
        }

        namer.Begin(measurement);
        RejectReason reason;
        return (reason = labels.Add(metric.Tags)) != RejectReason.None
            || (reason = scalars.ReadTime(json, metric.Time, timestampMs, out long ticks)) != RejectReason.None
            ? reason
            : ReadFields(json, measurement, metric.Fields, ticks, observations);
    }

    private RejectReason ReadFields(
        ReadOnlySpan<byte> json, ReadOnlySpan<byte> measurement, JsonCursor fields, long ticks,
        ObservationList observations)
    {
        if (!fields.TryEnter(JsonKind.Object))
        {
            return RejectReason.MissingValue;
        }

        RejectReason first = RejectReason.None;
        while (first != RejectReason.TooMany && fields.TryNextMember())
        {
            ReadOnlySpan<byte> name = fields.Name;
            JsonField field = fields.Take();
            if (field.Kind is JsonKind.Number or JsonKind.Bool)
            {
                RejectReason reason = Add(json, measurement, name, field, ticks, observations);
                first = first == RejectReason.None || reason == RejectReason.TooMany ? reason : first;
            }
        }

        return first;
    }

    private RejectReason Add(
        ReadOnlySpan<byte> json, ReadOnlySpan<byte> measurement, ReadOnlySpan<byte> name, JsonField field, long ticks,
        ObservationList observations)
    {
        double value = field.Kind == JsonKind.Bool && field.Raw(json)[0] == 't' ? 1 : 0;
        RejectReason reason =
            field.Kind == JsonKind.Bool ? RejectReason.None : scalars.ReadValue(json, field, out value);
        if (!fieldRoom.TryRead(name, name.Contains((byte)'\\'), out ReadOnlySpan<byte> text))
        {
            return RejectReason.BadUtf8;
        }

        namer.Rename(measurement, text);
        reason = reason == RejectReason.None ? namer.End(observations) : reason;
        return reason == RejectReason.None ? observations.Add(ticks, value) : reason;
    }
}

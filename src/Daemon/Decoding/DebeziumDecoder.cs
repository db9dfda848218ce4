using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Decoding;

/// <summary>Reads Debezium's change events, bare or under payload: the row after a create, update or read.</summary>
/// <remarks>The configured paths apply to the row; one without time has that of the change. Deletes, truncates and
/// messages hold no row and are skipped. Source: Debezium, "Change events".</remarks>
internal sealed class DebeziumDecoder : IRecordDecoder
{
    private const int Parts = 6; // op, series, time, value, source.ts_ms, ts_ms

    private readonly KafkaFields kafka;
    private readonly JsonFieldReader reader;
    private readonly JsonTextRoom idRoom = new();
    private readonly JsonScalars scalars;

    public DebeziumDecoder(InputOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        kafka = new(options);
        scalars = new(options.TimeUnit);
        string[] paths =
        [
            "op", $"after.{options.SeriesPath}", $"after.{options.TimePath}", $"after.{options.ValuePath}",
            "source.ts_ms", "ts_ms",
        ];
        reader = new([.. paths, .. paths.Select(path => $"payload.{path}")]);
    }

    /// <inheritdoc/>
    public RejectReason Decode(in InputRecord record, ObservationList observations)
    {
        ReadOnlySpan<byte> json = record.Text;
        Span<JsonField> all = stackalloc JsonField[2 * Parts];
        RejectReason reason = reader.Read(json, all);
        if (reason != RejectReason.None)
        {
            return reason;
        }

        ReadOnlySpan<JsonField> fields = all[Parts].Kind == JsonKind.None ? all[..Parts] : all[Parts..];
        ReadOnlySpan<byte> op = fields[0].Raw(json);
        if (op.IsEmpty)
        {
            return RejectReason.MissingValue;
        }

        return op[0] is not ((byte)'c' or (byte)'u' or (byte)'r') ? RejectReason.None
            : (reason = kafka.HasSeries
                ? KafkaFields.ReadSeries(record, observations)
                : JsonDecoder.ReadSeries(json, fields[1], idRoom, observations)) != RejectReason.None
            || (reason = ReadTime(json, fields, record.TimestampMs, out long ticks)) != RejectReason.None
            || (reason = scalars.ReadValue(json, fields[3], out double value)) != RejectReason.None
            ? reason
            : observations.Add(ticks, value);
    }

    /// <summary>The row's time, else when the database made the change, else when Debezium saw it, else
    /// Kafka's.</summary>
    private RejectReason ReadTime(
        ReadOnlySpan<byte> json, ReadOnlySpan<JsonField> fields, long timestampMs, out long ticks)
    {
        if (kafka.HasTime)
        {
            return EventTime.OfKafka(timestampMs, out ticks);
        }

        if (fields[2].Kind is not (JsonKind.None or JsonKind.Null))
        {
            return scalars.ReadTime(json, fields[2], out ticks);
        }

        foreach (JsonField field in fields[4..])
        {
            if (field.Kind == JsonKind.Number
                && EpochTime.Parse(field.Raw(json), TimeUnit.Milliseconds, out ticks) == RejectReason.None
                && ticks > EventTime.MinTicks)
            {
                return RejectReason.None;
            }
        }

        return EventTime.OfKafka(timestampMs, out ticks);
    }
}

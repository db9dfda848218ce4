using System.Globalization;
using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Decoding.Schemas;

/// <summary>Makes an observation of the fields that the configured paths lead to. Not thread-safe.</summary>
/// <remarks>A record with several faults is refused for the first of: series, time, value.</remarks>
internal sealed class FieldObserver(InputOptions options)
{
    private readonly KafkaFields kafka = new(options);
    private readonly TimeUnit timeUnit = options.TimeUnit;
    private readonly byte[] numberRoom = new byte[32]; // of a double: at most 24 characters

    /// <returns>None, or why the record is refused.</returns>
    public RejectReason Observe(
        in InputRecord record, in FieldValue series, in FieldValue time, in FieldValue value,
        ObservationList observations)
    {
        RejectReason reason;
        return (reason = kafka.HasSeries
                ? KafkaFields.ReadSeries(record, observations)
                : ReadSeries(series, observations)) != RejectReason.None
            || (reason = kafka.HasTime
                ? EventTime.OfKafka(record.TimestampMs, out long ticks)
                : ReadTime(time, out ticks)) != RejectReason.None
            || (reason = ReadValue(value, out double number)) != RejectReason.None
            ? reason
            : observations.Add(ticks, number);
    }

    private RejectReason ReadSeries(in FieldValue field, ObservationList observations) => field.Kind switch
    {
        FieldKind.Text => observations.SetSeries(field.Text),
        FieldKind.Integer or FieldKind.Real => observations.SetSeries(NumberText(field)),
        _ => RejectReason.MissingSeries,
    };

    private RejectReason ReadTime(in FieldValue field, out long ticks)
    {
        ticks = field.Integer;
        switch (field.Kind)
        {
            case FieldKind.Ticks:
                return EventTime.Check(ticks);
            case FieldKind.Text:
                return IsoTime.IsDate(field.Text)
                    ? IsoTime.Parse(field.Text, out ticks)
                    : EpochTime.Parse(field.Text, timeUnit, out ticks);
            case FieldKind.Integer or FieldKind.Real:
                TimeUnit unit = field.Unit == TimeUnit.Auto ? timeUnit : field.Unit;
                return EpochTime.Parse(NumberText(field), unit, out ticks);
            default:
                return field.Kind == FieldKind.None ? RejectReason.MissingTime : RejectReason.BadTime;
        }
    }

    private static RejectReason ReadValue(in FieldValue field, out double value)
    {
        value = field.Kind == FieldKind.Integer ? field.Integer : field.Real;
        return field.Kind switch
        {
            FieldKind.Integer or FieldKind.Real => RejectReason.None,
            FieldKind.Text when NumberReader.TryParse(field.Text, out value) => RejectReason.None,
            FieldKind.None => RejectReason.MissingValue,
            _ => RejectReason.BadValue,
        };
    }

    private ReadOnlySpan<byte> NumberText(in FieldValue field)
    {
        int bytes;
        _ = field.Kind == FieldKind.Integer
            ? field.Integer.TryFormat(numberRoom, out bytes, provider: CultureInfo.InvariantCulture)
            : field.Real.TryFormat(numberRoom, out bytes, "R", CultureInfo.InvariantCulture);
        return numberRoom.AsSpan(0, bytes);
    }
}

using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Decoding;

/// <summary>Reads the scalars of a JSON document that make an observation. Not thread-safe.</summary>
internal sealed class JsonScalars(TimeUnit timeUnit)
{
    private readonly JsonTextRoom room = new();

    /// <summary>Reads a time: ISO 8601 text or a number since 1970.</summary>
    /// <returns>None, NotJson (bare NaN), MissingTime, BadTime or AbsurdTime.</returns>
    public RejectReason ReadTime(ReadOnlySpan<byte> json, JsonField field, out long ticks)
    {
        ticks = 0;
        switch (field.Kind)
        {
            case JsonKind.Number:
                return EpochTime.Parse(field.Raw(json), timeUnit, out ticks);
            case JsonKind.Text when room.TryRead(field.Raw(json), field.IsEscaped, out ReadOnlySpan<byte> text):
                return EventTime.Parse(text, timeUnit, out ticks);
            case JsonKind.NotFinite:
                return RejectReason.NotJson;
            case JsonKind.None or JsonKind.Null:
                return RejectReason.MissingTime;
            default:
                return RejectReason.BadTime;
        }
    }

    /// <summary>Reads a time, or takes the record's Kafka timestamp where there is none.</summary>
    /// <returns>As <see cref="ReadTime(ReadOnlySpan{byte}, JsonField, out long)"/>.</returns>
    public RejectReason ReadTime(ReadOnlySpan<byte> json, JsonField field, long timestampMs, out long ticks) =>
        field.Kind is JsonKind.None or JsonKind.Null
            ? EventTime.OfKafka(timestampMs, out ticks)
            : ReadTime(json, field, out ticks);

    /// <summary>Reads a number, text that holds one, or a truth value as 1 or 0; NaN for all else.</summary>
    public double ReadCovariate(ReadOnlySpan<byte> json, JsonField field) =>
        field.Kind == JsonKind.Bool ? (field.Raw(json)[0] == 't' ? 1 : 0)
        : ReadValue(json, field, out double value) == RejectReason.None ? value
        : double.NaN;

    /// <summary>Reads a finite number, or text that holds one.</summary>
    /// <returns>None, MissingValue, NotFinite or BadValue.</returns>
    public RejectReason ReadValue(ReadOnlySpan<byte> json, JsonField field, out double value)
    {
        value = 0;
        switch (field.Kind)
        {
            case JsonKind.NotFinite:
                return RejectReason.NotFinite;
            case JsonKind.None or JsonKind.Null:
                return RejectReason.MissingValue;
            case JsonKind.Number or JsonKind.Text
                when room.TryRead(field.Raw(json), field.IsEscaped, out ReadOnlySpan<byte> text)
                    && NumberReader.TryParse(text, out value):
                return double.IsFinite(value) ? RejectReason.None : RejectReason.NotFinite;
            default:
                return RejectReason.BadValue;
        }
    }
}

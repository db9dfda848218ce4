using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Decoding;

/// <summary>Reads series id, event time and value out of a JSON record, by configured paths.</summary>
/// <remarks>A record with several faults is refused for the first of: JSON, series, time, value.</remarks>
internal sealed class JsonDecoder : IRecordDecoder
{
    /// <summary>Longest text that is read as a time or number if it holds escapes.</summary>
    private const int MaxScalarBytes = 512;

    private readonly TimeUnit timeUnit;
    private readonly JsonFieldReader reader;
    private readonly byte[] idRoom = new byte[6 * ObservationList.MaxIdBytes]; // an escape takes up to six bytes for one
    private readonly byte[] scalarRoom = new byte[MaxScalarBytes];

    public JsonDecoder(InputOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        timeUnit = options.TimeUnit;
        reader = new(options.SeriesPath, options.TimePath, options.ValuePath);
    }

    /// <inheritdoc/>
    public RejectReason Decode(in InputRecord record, ObservationList observations)
    {
        ReadOnlySpan<byte> json = record.Text;
        Span<JsonField> fields = stackalloc JsonField[3];
        RejectReason reason;
        return (reason = reader.Read(json, fields)) != RejectReason.None
            || (reason = ReadSeries(json, fields[0], observations)) != RejectReason.None
            || (reason = ReadTime(json, fields[1], out long ticks)) != RejectReason.None
            || (reason = ReadValue(json, fields[2], out double number)) != RejectReason.None
            ? reason
            : observations.Add(ticks, number);
    }

    private RejectReason ReadSeries(ReadOnlySpan<byte> json, JsonField field, ObservationList observations)
    {
        ReadOnlySpan<byte> id = field.Raw(json);
        switch (field.Kind)
        {
            case JsonKind.Text or JsonKind.Number or JsonKind.Bool:
                break;
            case JsonKind.NotFinite:
                return RejectReason.NotJson;
            default:
                return RejectReason.MissingSeries;
        }

        if (field.IsEscaped && id.Length <= idRoom.Length)
        {
            if (!JsonString.TryUnescape(id, idRoom, out int bytes))
            {
                return RejectReason.BadUtf8;
            }

            id = idRoom.AsSpan(0, bytes);
        }

        return observations.SetSeries(id);
    }

    private RejectReason ReadTime(ReadOnlySpan<byte> json, JsonField field, out long ticks)
    {
        ticks = 0;
        switch (field.Kind)
        {
            case JsonKind.Number:
                return EpochTime.Parse(field.Raw(json), timeUnit, out ticks);
            case JsonKind.Text when TryReadScalar(json, field, out ReadOnlySpan<byte> text):
                return IsoTime.IsDate(text)
                    ? IsoTime.Parse(text, out ticks)
                    : EpochTime.Parse(text, timeUnit, out ticks);
            case JsonKind.NotFinite:
                return RejectReason.NotJson;
            case JsonKind.None or JsonKind.Null:
                return RejectReason.MissingTime;
            default:
                return RejectReason.BadTime;
        }
    }

    private RejectReason ReadValue(ReadOnlySpan<byte> json, JsonField field, out double value)
    {
        value = 0;
        switch (field.Kind)
        {
            case JsonKind.NotFinite:
                return RejectReason.NotFinite;
            case JsonKind.None or JsonKind.Null:
                return RejectReason.MissingValue;
            case JsonKind.Number or JsonKind.Text
                when TryReadScalar(json, field, out ReadOnlySpan<byte> text) && NumberReader.TryParse(text, out value):
                return double.IsFinite(value) ? RejectReason.None : RejectReason.NotFinite;
            default:
                return RejectReason.BadValue;
        }
    }

    /// <summary>Text of a time or number; false if it holds escapes and is too long or half a surrogate pair.</summary>
    private bool TryReadScalar(ReadOnlySpan<byte> json, JsonField field, out ReadOnlySpan<byte> text)
    {
        text = field.Raw(json);
        if (!field.IsEscaped)
        {
            return true;
        }

        if (text.Length > scalarRoom.Length || !JsonString.TryUnescape(text, scalarRoom, out int bytes))
        {
            return false;
        }

        text = scalarRoom.AsSpan(0, bytes);
        return true;
    }
}

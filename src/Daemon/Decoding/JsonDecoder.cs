using System.Text.Unicode;
using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Decoding;

/// <summary>Reads series id, event time and value out of a JSON record.</summary>
/// <remarks>Never throws for what a record holds, and allocates nothing. Not thread-safe: one per lane. A record with
/// several faults is refused for the first of: key, no value, JSON, series, time, value.</remarks>
internal sealed class JsonDecoder
{
    /// <summary>Longest accepted series id and key, in bytes.</summary>
    public const int MaxIdBytes = 512;

    /// <summary>Longest text that is read as a time or number if it holds escapes.</summary>
    private const int MaxScalarBytes = 512;

    private readonly TimeUnit timeUnit;
    private readonly JsonFieldReader reader;
    private readonly byte[] idRoom = new byte[6 * MaxIdBytes]; // an escape takes at most six bytes for one
    private readonly byte[] scalarRoom = new byte[MaxScalarBytes];

    public JsonDecoder(InputOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        timeUnit = options.TimeUnit;
        reader = new(options.SeriesPath, options.TimePath, options.ValuePath);
    }

    /// <summary>Decodes one record.</summary>
    /// <param name="key">The record's key; empty if it has none.</param>
    /// <param name="hasKey">Whether the record has a key: no key is fine, an empty one is not.</param>
    /// <param name="value">The record's value, JSON with or without a byte order mark; empty for a tombstone.</param>
    /// <param name="observation">What was read; default if the record is refused.</param>
    /// <returns><see cref="RejectReason.None"/> if the record is fine.</returns>
    public RejectReason Decode(
        ReadOnlySpan<byte> key, bool hasKey, ReadOnlySpan<byte> value, out Observation observation)
    {
        observation = default;
        RejectReason reason = hasKey && key.IsEmpty ? RejectReason.EmptyKey
            : key.Length > MaxIdBytes ? RejectReason.KeyTooLong
            : value.IsEmpty ? RejectReason.EmptyValue
            : RejectReason.None;
        if (reason != RejectReason.None)
        {
            return reason;
        }

        ReadOnlySpan<byte> json = value.StartsWith("\uFEFF"u8) ? value[3..] : value;
        Span<JsonField> fields = stackalloc JsonField[3];
        if ((reason = reader.Read(json, fields)) != RejectReason.None
            || (reason = ReadSeries(json, fields[0], out ReadOnlySpan<byte> seriesId)) != RejectReason.None
            || (reason = ReadTime(json, fields[1], out long ticks)) != RejectReason.None
            || (reason = ReadValue(json, fields[2], out double number)) != RejectReason.None)
        {
            return reason;
        }

        observation = new Observation { SeriesId = seriesId, TimeTicks = ticks, Value = number };
        return RejectReason.None;
    }

    private RejectReason ReadSeries(ReadOnlySpan<byte> json, JsonField field, out ReadOnlySpan<byte> id)
    {
        id = field.Raw(json);
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

        return id.IsEmpty ? RejectReason.EmptySeries
            : id.Length > MaxIdBytes ? RejectReason.SeriesTooLong
            : !Utf8.IsValid(id) ? RejectReason.BadUtf8
            : RejectReason.None;
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

using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Decoding;

/// <summary>Reads series id, event time and value out of a JSON record, by configured paths.</summary>
/// <remarks>A record with several faults is refused for the first of: JSON, series, time, value.</remarks>
internal sealed class JsonDecoder : IRecordDecoder
{
    private readonly JsonFieldReader reader;
    private readonly JsonTextRoom idRoom = new();
    private readonly JsonScalars scalars;

    public JsonDecoder(InputOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        scalars = new(options.TimeUnit);
        reader = new(options.SeriesPath, options.TimePath, options.ValuePath);
    }

    /// <inheritdoc/>
    public RejectReason Decode(in InputRecord record, ObservationList observations)
    {
        ReadOnlySpan<byte> json = record.Text;
        Span<JsonField> fields = stackalloc JsonField[3];
        RejectReason reason;
        return (reason = reader.Read(json, fields)) != RejectReason.None
            || (reason = ReadSeries(json, fields[0], idRoom, observations)) != RejectReason.None
            || (reason = scalars.ReadTime(json, fields[1], out long ticks)) != RejectReason.None
            || (reason = scalars.ReadValue(json, fields[2], out double number)) != RejectReason.None
            ? reason
            : observations.Add(ticks, number);
    }

    /// <summary>Names the series by a scalar.</summary>
    /// <returns>None, NotJson (bare NaN), MissingSeries, EmptySeries, SeriesTooLong or BadUtf8.</returns>
    public static RejectReason ReadSeries(
        ReadOnlySpan<byte> json, JsonField field, JsonTextRoom room, ObservationList observations)
    {
        switch (field.Kind)
        {
            case JsonKind.Text or JsonKind.Number or JsonKind.Bool:
                return room.TryRead(field.Raw(json), field.IsEscaped, out ReadOnlySpan<byte> id)
                    ? observations.SetSeries(id)
                    : RejectReason.BadUtf8;
            case JsonKind.NotFinite:
                return RejectReason.NotJson;
            default:
                return RejectReason.MissingSeries;
        }
    }
}

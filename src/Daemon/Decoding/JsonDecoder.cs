using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Decoding;

/// <summary>Reads series id, event time, value and covariates out of a JSON record, by configured paths; series and time
/// beside it, where the paths say so.</summary>
/// <remarks>A record with several faults is refused for the first of: JSON, series, time, value.</remarks>
internal sealed class JsonDecoder : IRecordDecoder
{
    private readonly KafkaFields kafka;
    private readonly JsonFieldReader reader;
    private readonly JsonTextRoom idRoom = new();
    private readonly JsonScalars scalars;
    private readonly double[] covariates;

    public JsonDecoder(InputOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        kafka = new(options);
        scalars = new(options.TimeUnit);
        reader = new(
        [
            options.SeriesPath, options.TimePath, options.ValuePath,
            .. options.CovariatePaths().Select(covariate => covariate.Path),
        ]);
        covariates = new double[options.Covariates.Count];
    }

    /// <inheritdoc/>
    public RejectReason Decode(in InputRecord record, ObservationList observations)
    {
        ReadOnlySpan<byte> json = record.Text;
        Span<JsonField> fields = stackalloc JsonField[3 + covariates.Length];
        RejectReason reason;
        return (reason = reader.Read(json, fields)) != RejectReason.None
            || (reason = kafka.HasSeries
                ? KafkaFields.ReadSeries(record, observations)
                : ReadSeries(json, fields[0], idRoom, observations)) != RejectReason.None
            || (reason = kafka.HasTime
                ? EventTime.OfKafka(record.TimestampMs, out long ticks)
                : scalars.ReadTime(json, fields[1], out ticks)) != RejectReason.None
            || (reason = scalars.ReadValue(json, fields[2], out double number)) != RejectReason.None
            ? reason
            : Add(json, fields[3..], ticks, number, observations);
    }

    private RejectReason Add(
        ReadOnlySpan<byte> json, ReadOnlySpan<JsonField> fields, long ticks, double number, ObservationList observations)
    {
        if (covariates.Length > 0)
        {
            for (int c = 0; c < covariates.Length; c++)
            {
                covariates[c] = scalars.ReadCovariate(json, fields[c]);
            }

            observations.SetCovariates(covariates);
        }

        return observations.Add(ticks, number);
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

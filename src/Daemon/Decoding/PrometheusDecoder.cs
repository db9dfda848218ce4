using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Decoding;

/// <summary>Reads what prometheus-kafka-adapter sends as JSON: one sample, its value as text.</summary>
/// <remarks>NaN, which also marks a series that has ended, and infinities are refused as not finite. Source:
/// Telefonica/prometheus-kafka-adapter, serializers.go.</remarks>
internal sealed class PrometheusDecoder : IRecordDecoder
{
    private readonly JsonFieldReader reader = new("name", "timestamp", "value");
    private readonly JsonTextRoom nameRoom = new();
    private readonly JsonScalars scalars;
    private readonly SeriesNamer namer;
    private readonly JsonLabels labels;

    public PrometheusDecoder(InputOptions options)
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
        Span<JsonField> fields = stackalloc JsonField[3];
        RejectReason reason;
        return (reason = reader.Read(json, fields)) != RejectReason.None
            || (reason = ReadSeries(json, fields[0], observations)) != RejectReason.None
            || (reason = scalars.ReadTime(json, fields[1], record.TimestampMs, out long ticks)) != RejectReason.None
            || (reason = scalars.ReadValue(json, fields[2], out double number)) != RejectReason.None
            ? reason
            : observations.Add(ticks, number);
    }

    private RejectReason ReadSeries(ReadOnlySpan<byte> json, JsonField name, ObservationList observations)
    {
        if (name.Kind != JsonKind.Text)
        {
            return RejectReason.MissingSeries;
        }

        if (!nameRoom.TryRead(name.Raw(json), name.IsEscaped, out ReadOnlySpan<byte> text))
        {
            return RejectReason.BadUtf8;
        }

        namer.Begin(text);
        var root = new JsonCursor(json);
        root.TryEnter(JsonKind.Object);
        while (root.TryNextMember())
        {
            if (root.Name.SequenceEqual("labels"u8))
            {
                namer.Rewind(0); // of members with one name the last counts
                RejectReason reason = labels.Add(root, except: "__name__"u8);
                if (reason != RejectReason.None)
                {
                    return reason;
                }
            }

            root.Skip();
        }

        return namer.End(observations);
    }
}

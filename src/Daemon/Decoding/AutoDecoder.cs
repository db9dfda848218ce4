using Streaming.Daemon.Configuration;
using Streaming.Daemon.Decoding.Otlp;

namespace Streaming.Daemon.Decoding;

/// <summary>Recognizes the format of each record: JSON at the configured paths, else what it looks like.</summary>
/// <remarks>
/// What a record is depends on the record alone, so that replay from anywhere agrees; what came before only decides
/// what is tried first, where the outcome is the same. What looks like nothing is refused as JSON by paths.
/// </remarks>
internal sealed class AutoDecoder : IRecordDecoder
{
    private readonly InputOptions options;
    private readonly JsonShape shape;
    private readonly IRecordDecoder byPaths;
    private readonly IRecordDecoder?[] decoders = new IRecordDecoder?[Enum.GetValues<InputFormat>().Length];

    public AutoDecoder(InputOptions options)
    {
        this.options = options;
        shape = new(options);
        byPaths = Decoders.Create(InputFormat.Json, options);
    }

    /// <summary>Format of the record decoded last.</summary>
    public InputFormat Format { get; private set; } = InputFormat.Json;

    /// <inheritdoc/>
    public RejectReason Decode(in InputRecord record, ObservationList observations)
    {
        if (Format != InputFormat.Json)
        {
            Format = Recognize(record, out bool mayHavePaths);
            if (!mayHavePaths && Format != InputFormat.Json)
            {
                return DecodeAs(Format, record, observations);
            }
        }

        RejectReason reason = byPaths.Decode(record, observations);
        Format = reason == RejectReason.None ? InputFormat.Json : Recognize(record, out _);
        return Format == InputFormat.Json ? reason : DecodeAs(Format, record, observations);
    }

    /// <summary>What a record looks like; JSON by paths where it looks like nothing else.</summary>
    private InputFormat Recognize(in InputRecord record, out bool mayHavePaths)
    {
        ReadOnlySpan<byte> text = record.Text;
        mayHavePaths = !text.IsEmpty && text[0] <= ' '; // blanks: there may be an object behind
        return OtlpProtoDecoder.IsLikely(record.Value) ? InputFormat.OtlpProto
            : InfluxLine.IsLikely(text) ? InputFormat.Influx : shape.Of(text, out mayHavePaths);
    }

    private RejectReason DecodeAs(InputFormat format, in InputRecord record, ObservationList observations)
    {
        observations.Clear();
        IRecordDecoder decoder = decoders[(int)format] ??= Decoders.Create(format, options);
        return decoder.Decode(record, observations);
    }
}

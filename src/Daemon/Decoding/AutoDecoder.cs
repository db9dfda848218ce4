using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Decoding;

/// <summary>Recognizes the format of each record: JSON at the configured paths, else what it looks like.</summary>
/// <remarks>What a record is depends on the record alone. One that is recognized as nothing is refused as JSON by paths.
/// </remarks>
internal sealed class AutoDecoder(InputOptions options) : IRecordDecoder
{
    private readonly IRecordDecoder byPaths = Decoders.Create(InputFormat.Json, options);
    private readonly IRecordDecoder?[] decoders = new IRecordDecoder?[Enum.GetValues<InputFormat>().Length];

    /// <summary>Format of the record decoded last.</summary>
    public InputFormat Format { get; private set; } = InputFormat.Json;

    /// <inheritdoc/>
    public RejectReason Decode(in InputRecord record, ObservationList observations)
    {
        RejectReason reason = byPaths.Decode(record, observations);
        Format = reason == RejectReason.None ? InputFormat.Json : Recognize(record);
        if (Format == InputFormat.Json)
        {
            return reason;
        }

        observations.Clear();
        return (decoders[(int)Format] ??= Decoders.Create(Format, options)).Decode(record, observations);
    }

    /// <summary>What a record is that is not JSON with all of the configured paths.</summary>
    private static InputFormat Recognize(in InputRecord record) =>
        InfluxLine.IsLikely(record.Text) ? InputFormat.Influx : InputFormat.Json;
}

using Streaming.Daemon.Configuration;
using Streaming.Daemon.Decoding.Schemas;

namespace Streaming.Daemon.Decoding;

/// <summary>Reads records of the configured format, after checking what is the same for all.</summary>
/// <remarks>A record with several faults is refused for the first of: key, no value, what its format says. Not
/// thread-safe: one per lane.</remarks>
internal sealed class RecordDecoder
{
    /// <summary>Longest accepted key, in bytes.</summary>
    public const int MaxKeyBytes = 512;

    private readonly IRecordDecoder decoder;
    private readonly AutoDecoder? auto;
    private readonly InputFormat format;
    private readonly RejectReason emptyValue;

    /// <param name="options">The input.</param>
    /// <param name="registry">Told how it goes with the schema registry, and waits for it. Null: a record that needs
    /// one that is away throws <see cref="RegistryAwayException"/>.</param>
    public RecordDecoder(InputOptions options, RegistryEvents? registry = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        format = options.Format;
        auto = format == InputFormat.Auto ? new AutoDecoder(options) : null;
        emptyValue = format == InputFormat.Debezium ? RejectReason.None : RejectReason.EmptyValue; // follows a delete
        decoder = auto ?? Decoders.Create(format, options, registry);
    }

    private RecordDecoder(IRecordDecoder decoder) => (this.decoder, emptyValue) = (decoder, RejectReason.EmptyValue);

    /// <summary>Observations of the record decoded last; none where it was refused.</summary>
    public ObservationList Observations { get; } = new();

    /// <summary>Format of the record decoded last; JSON where auto was not asked.</summary>
    public InputFormat Format { get; private set; }

    /// <summary>A decoder of records that are in no format of the input.</summary>
    public static RecordDecoder Of(IRecordDecoder decoder) => new(decoder);

    /// <summary>Decodes one record into <see cref="Observations"/>.</summary>
    /// <returns>Why the record, or the first of its observations that is, is refused; or None.</returns>
    public RejectReason Decode(in InputRecord record)
    {
        Observations.Clear();
        RejectReason reason = record.HasKey && record.Key.IsEmpty ? RejectReason.EmptyKey
            : record.Key.Length > MaxKeyBytes ? RejectReason.KeyTooLong
            : record.Value.IsEmpty ? emptyValue
            : RejectReason.None;
        Format = auto is null ? format : InputFormat.Json;
        if (reason == RejectReason.None && !record.Value.IsEmpty)
        {
            reason = decoder.Decode(record, Observations);
            Format = auto?.Format ?? format;
        }

        if (reason != RejectReason.None)
        {
            Observations.Clear();
            return reason;
        }

        return Observations.Refused;
    }
}

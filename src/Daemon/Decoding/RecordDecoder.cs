using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Decoding;

/// <summary>Reads records of the configured format, after checking what is the same for all.</summary>
/// <remarks>A record with several faults is refused for the first of: key, no value, what its format says. Not
/// thread-safe: one per lane.</remarks>
internal sealed class RecordDecoder(InputOptions options)
{
    /// <summary>Longest accepted key, in bytes.</summary>
    public const int MaxKeyBytes = 512;

    private readonly IRecordDecoder decoder = Decoders.Create(options);

    /// <summary>Observations of the record decoded last; none where it was refused.</summary>
    public ObservationList Observations { get; } = new();

    /// <summary>Decodes one record into <see cref="Observations"/>.</summary>
    /// <returns><see cref="RejectReason.None"/> if the record is fine.</returns>
    public RejectReason Decode(in InputRecord record)
    {
        RejectReason reason = record.HasKey && record.Key.IsEmpty ? RejectReason.EmptyKey
            : record.Key.Length > MaxKeyBytes ? RejectReason.KeyTooLong
            : record.Value.IsEmpty ? RejectReason.EmptyValue
            : decoder.Decode(record, Observations);
        if (reason != RejectReason.None)
        {
            Observations.Clear();
        }

        return reason;
    }
}

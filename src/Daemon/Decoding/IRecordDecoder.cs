namespace Streaming.Daemon.Decoding;

/// <summary>Reads the observations of a record in one wire format.</summary>
/// <remarks>Never throws for what a record holds, and allocates nothing once its buffers have grown. Not thread-safe:
/// one per lane.</remarks>
internal interface IRecordDecoder
{
    /// <summary>Reads a record: all of its observations or none.</summary>
    /// <param name="record">The record; its key is checked already.</param>
    /// <param name="observations">Cleared, then filled; unspecified where the record is refused.</param>
    /// <returns><see cref="RejectReason.None"/> if the record is fine.</returns>
    RejectReason Decode(in InputRecord record, ObservationList observations);
}

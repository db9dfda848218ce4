namespace Streaming.Daemon.Decoding;

/// <summary>Reads the observations of a record in one wire format.</summary>
/// <remarks>Never throws for what a record holds, and allocates nothing once its buffers have grown. Not thread-safe:
/// one per lane.</remarks>
internal interface IRecordDecoder
{
    /// <summary>Reads a record. Of one that is well-formed, observations are refused one by one
    /// (<see cref="ObservationList.Refuse"/>); none at all is fine, where the format carries other things
    /// too.</summary>
    /// <param name="record">The record; its key is checked already, and its value is not empty.</param>
    /// <param name="observations">Empty, to be filled; unspecified where the record is refused.</param>
    /// <returns>None, or why the record as a whole is refused.</returns>
    RejectReason Decode(in InputRecord record, ObservationList observations);
}

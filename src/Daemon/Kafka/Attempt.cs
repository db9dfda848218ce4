namespace Streaming.Daemon.Kafka;

/// <summary>A partition's reading by an owner who has not stopped yet, as committed along with an offset: a later owner
/// who finds it knows that the one before was ended.</summary>
/// <param name="Starts">Starts in a row, this one included, of which each but this was ended without getting past what
/// the one before had in hand; 1 while nothing is suspected.</param>
/// <param name="At">Offset of the next record: all before it have been read without harm.</param>
/// <param name="IsTaking">Whether the record there is in hand, alone in its process.</param>
/// <param name="Version">The daemon's version, without blanks: another one starts afresh.</param>
internal readonly record struct Attempt(int Starts, long At, bool IsTaking, string Version);

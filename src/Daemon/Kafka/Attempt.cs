namespace Streaming.Daemon.Kafka;

/// <summary>A partition's reading by an owner who has not stopped yet, as committed along with an offset: a later owner
/// who finds it knows that the one before was ended, or lost the partition.</summary>
/// <param name="Start">How the owner started: <see cref="First"/>, <see cref="Careful"/> or
/// <see cref="Suspecting"/>.</param>
/// <param name="At">Offset of the next record: all before it have been read without harm.</param>
/// <param name="IsTaking">Whether the record there is in hand, alone in its process.</param>
/// <param name="Version">The daemon's version, without blanks: another one starts afresh.</param>
/// <param name="Process">The process, without blanks: what it finds of itself is no end. Empty: unknown.</param>
internal readonly record struct Attempt(int Start, long At, bool IsTaking, string Version, string Process)
{
    /// <summary>Nothing is suspected.</summary>
    public const int First = 1;

    /// <summary>An owner before was ended, and what it can have read is not got past.</summary>
    public const int Careful = 2;

    /// <summary>An owner before was ended with the record at <see cref="At"/> in hand.</summary>
    public const int Suspecting = 3;
}

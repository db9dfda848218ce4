namespace Simulation.Port;

/// <summary>The calls of a port at which something can happen.</summary>
internal enum PortCall
{
    Poll,
    Seek,
    Pause,
    Resume,
    Committed,
    Watermarks,
    OffsetAt,
    Produce,
    Flush,
    Commit,
    Init,
    Begin,
    SendOffsets,
    CommitTransaction,
    AbortTransaction,
    Close,
    Read,
}

namespace Streaming.Daemon.State;

/// <summary>What a record of the state topic holds: the first byte of its key.</summary>
internal enum StateKind : byte
{
    /// <summary>How far the partition is; one a partition.</summary>
    Marker,

    /// <summary>A series, whole; null once it is gone.</summary>
    Unit,

    /// <summary>When a series that is gone was there, for a replay that begins before.</summary>
    Lives,

    /// <summary>A part of a series that is too large for one message; the record of the series names its parts.</summary>
    Part,
}

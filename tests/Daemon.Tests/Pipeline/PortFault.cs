namespace Daemon.Tests.Pipeline;

/// <summary>Calls of a port that can go wrong.</summary>
internal enum PortCall
{
    Produce,
    Flush,
    Commit,
    Committed,
    Watermarks,
    OffsetAt,
}

/// <summary>How a call goes wrong; what makes no sense for a call is no fault.</summary>
internal enum PortFault
{
    None,

    /// <summary>Produce: the queue is full. Flush: half is acknowledged, then time is out.</summary>
    Slow,

    /// <summary>Flush: one message is lost, the others are acknowledged.</summary>
    Lost,

    /// <summary>Nothing came of it; it may be tried again.</summary>
    Retriable,

    /// <summary>Commit: it is done but the answer was lost.</summary>
    RetriableButDone,

    /// <summary>Nothing came of it, nor will it.</summary>
    Refused,
}

namespace Simulation.Port;

/// <summary>What goes wrong at a call; a call that can't fail in that way succeeds.</summary>
internal enum PortFault
{
    None,

    /// <summary>A time-out before anything took effect; a queue that is full, a flush that is slow.</summary>
    Retriable,

    /// <summary>A time-out although it took effect: the reply was lost.</summary>
    RetriableButDone,

    /// <summary>The transaction can only be aborted.</summary>
    Abortable,

    /// <summary>The client says so, although the commit took effect (it gave up on its own repetition).</summary>
    AbortableButDone,

    /// <summary>The client breaks before it took effect.</summary>
    Fatal,

    /// <summary>The client breaks after it took effect.</summary>
    FatalButDone,
}

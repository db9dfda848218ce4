namespace Simulation.Port;

/// <summary>Of a simulated producer.</summary>
internal enum ProducerState
{
    /// <summary>Not transactional, unless initialized.</summary>
    Fresh,

    /// <summary>Transactional, without an open transaction.</summary>
    Ready,
    Open,

    /// <summary>The transaction has failed and must be aborted.</summary>
    Failed,

    /// <summary>The commit was begun and its outcome is unknown: nothing but the same call is allowed.</summary>
    Committing,

    /// <summary>The abort was begun: nothing but the same call is allowed.</summary>
    Aborting,

    /// <summary>Fenced or broken for good.</summary>
    Broken,
}

namespace Simulation.Log;

/// <summary>What the coordinator says to a commit of offsets.</summary>
internal enum GroupAnswer
{
    Ok,
    UnknownMember,
    IllegalGeneration,

    /// <summary>Another client has the instance id.</summary>
    FencedInstance,
}

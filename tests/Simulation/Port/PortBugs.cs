namespace Simulation.Port;

/// <summary>Mistakes that a port itself could make, planted to see that schedules find them.</summary>
[Flags]
internal enum PortBugs
{
    None = 0,

    /// <summary>Offsets go out in the name of the generation that the member first had.</summary>
    StaleGroupMetadata = 1,

    /// <summary>Offsets go out in the name of nobody, once the group has expelled the member: nobody validates
    /// them.</summary>
    UnknownGeneration = 2,

    /// <summary>Ends of logs are those of committed records.</summary>
    CommittedWatermarks = 4,
}

namespace Simulation.Log;

/// <summary>A member's end of the group protocol: what librdkafka's background thread does.</summary>
internal interface IGroupClient
{
    /// <summary>Whether its background thread runs: not while the process is stopped or dead.</summary>
    bool IsRunning { get; }

    /// <summary>group.instance.id; null for a dynamic member.</summary>
    string? InstanceId { get; }

    /// <summary>Partitions it holds; those whose revocation the process has not heard of yet are among them.</summary>
    uint Held { get; }

    /// <summary>Whether the process has not been told of all rebalances yet; it can't join again before.</summary>
    bool HasUnserved { get; }

    /// <summary>Its membership as it knows it; null where it has to join.</summary>
    SimulatedMember? Member { get; set; }

    /// <summary>Gets the generation and all that it is to hold.</summary>
    void Sync(int generation, uint assigned);

    /// <summary>Hears that the group knows it no more.</summary>
    void Expelled();

    /// <summary>Hears that another client has its instance id.</summary>
    void Replaced();
}

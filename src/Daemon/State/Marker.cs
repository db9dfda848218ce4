using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.State;

/// <summary>How far a partition is: written with each commit, and the truth about it at a restore.</summary>
internal sealed record Marker
{
    /// <summary>Application the state belongs to.</summary>
    public required string Application { get; init; }

    /// <summary>Id of the cluster it was written on; empty where that has none.</summary>
    public required string Cluster { get; init; }

    /// <summary>Id of the input topic, which a topic made anew under the same name does not have; empty where the cluster
    /// tells none.</summary>
    public required string InputTopic { get; init; }

    /// <summary>Under which configuration and arithmetic.</summary>
    public required Era Era { get; init; }

    /// <summary>Offset of the next record to process: all before it is done and published.</summary>
    public required long Committed { get; init; }

    /// <summary>Offset from which forecasts are published; past <see cref="Committed"/> while a new deployment reads
    /// history.</summary>
    public required long LiveFrom { get; init; }

    /// <summary>The task at the low-water offset: every series that has changed since and is not stored as of a later one
    /// is made again by a replay from there.</summary>
    public required TaskSnapshot LowWater { get; init; }

    /// <summary>Offsets from low water on that were passed over on request, ascending.</summary>
    public required IReadOnlyList<long> Skipped { get; init; }

    /// <summary>Late records so far: which of them are dead letters follows from it.</summary>
    public required long LateRecords { get; init; }

    /// <summary>How the process that wrote it delivers.</summary>
    public required DeliveryMode Delivery { get; init; }

    /// <summary>Versions in force anywhere from the low-water offset on, in the order of their adoption.</summary>
    public required IReadOnlyList<Adoption> Adoptions { get; init; }
}

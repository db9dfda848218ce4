namespace Simulation.Log;

/// <summary>What the coordinator keeps of one member.</summary>
/// <param name="id">Member id; never 0, which stands for none.</param>
/// <param name="instanceId">group.instance.id; null for a dynamic member.</param>
internal sealed class SimulatedMember(int id, string? instanceId)
{
    public int Id => id;

    public string? InstanceId => instanceId;

    /// <summary>What it said it holds when it joined last.</summary>
    public uint Owned { get; set; }

    public uint Assigned { get; set; }

    public bool HasRejoined { get; set; }

    /// <summary>Whether it has not heard of its assignment yet.</summary>
    public bool IsSyncDue { get; set; }

    /// <summary>When it was last heard of.</summary>
    public long SeenMs { get; set; }
}

namespace Simulation.Log;

/// <summary>One consumer group: its members, its offsets, the topic it reads.</summary>
internal sealed class SimulatedGroup(SeededRandom random)
{
    public GroupCoordinator Coordinator { get; } = new(random);

    public GroupOffsets Offsets { get; } = new();

    /// <summary>The topic its members subscribe to; null until one does.</summary>
    public SimulatedTopic? Topic { get; set; }

    public void Reset()
    {
        Coordinator.Reset();
        Offsets.Reset();
        Topic = null;
    }

    /// <summary>Lets members and coordinator do what is due.</summary>
    public void Tick(long nowMs, Func<bool> isDelayed)
    {
        Coordinator.PartitionCount = Topic?.Partitions ?? 0;
        Coordinator.Tick(nowMs, isDelayed);
    }
}

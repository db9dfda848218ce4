namespace Simulation.Log;

/// <summary>A topic: a log for each partition.</summary>
internal sealed class SimulatedTopic(string name, bool isCompacted)
{
    private readonly List<PartitionLog> logs = [];

    public string Name => name;

    public bool IsCompacted => isCompacted;

    /// <summary>Partitions it has now.</summary>
    public int Partitions { get; private set; }

    /// <summary>Bytes of key and value that a record may have.</summary>
    public int MaxRecordBytes { get; set; } = 1 << 20;

    public PartitionLog this[int partition] => partition < Partitions
        ? logs[partition]
        : throw new ArgumentOutOfRangeException(nameof(partition), $"'{name}' has {Partitions} partitions.");

    /// <summary>Empties the topic and sets its partitions.</summary>
    public void Reset(int partitions)
    {
        Partitions = 0;
        foreach (PartitionLog log in logs)
        {
            log.Reset();
        }

        while (Partitions < partitions)
        {
            AddPartition();
        }
    }

    public void AddPartition()
    {
        if (Partitions == logs.Count)
        {
            logs.Add(new PartitionLog(name, Partitions));
        }

        Partitions++;
    }
}

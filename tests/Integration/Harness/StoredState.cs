using Streaming.Daemon.State;

namespace Integration.Harness;

/// <summary>What a state topic holds, read by the test itself.</summary>
internal sealed class StoredState
{
    private readonly SortedDictionary<string, string> units = new(StringComparer.Ordinal);
    private readonly SortedDictionary<int, List<Adoption>> adoptions = [];

    private StoredState()
    {
    }

    /// <summary>The series in force, by partition and id: the offset of their birth and their whole state.</summary>
    public IReadOnlyDictionary<string, string> Units => units;

    /// <summary>All adoptions that markers have told of, by partition, in their order.</summary>
    public IReadOnlyDictionary<int, List<Adoption>> Adoptions => adoptions;

    /// <summary>The era of the newest marker.</summary>
    public Era Era { get; private set; }

    /// <summary>Reads a state topic to its end.</summary>
    /// <remarks>All adoptions are there only where the brokers have not compacted the topic yet.</remarks>
    public static StoredState Read(Deployment deployment)
    {
        using var reader = new TopicReader(deployment.Cluster, deployment.State, deployment.PartitionCount);
        var stored = new StoredState();
        foreach (KafkaMessage message in reader.ReadToEnd())
        {
            stored.Take(message);
        }

        return stored;
    }

    private void Take(KafkaMessage message)
    {
        Assert.True(StateKey.TryRead(message.Key, out StateKind kind, out _));
        string key = $"{message.Partition} {message.KeyText[1..]}";
        if (message.Value is null)
        {
            units.Remove(key);
            return;
        }

        var envelope = new StateEnvelope(message.Partition);
        Assert.Equal(StateDamage.None, envelope.Open(message.Key, message.Value, out ReadOnlySpan<byte> content));
        if (kind == StateKind.Marker)
        {
            Take(message.Partition, MarkerCodec.Read(content));
        }
        else if (kind == StateKind.Unit)
        {
            UnitRecord record = UnitRecord.Read(content, out ReadOnlySpan<byte> state);
            units[key] = $"{record.Born} {Convert.ToHexString(state)}";
        }
    }

    private void Take(int partition, Marker marker)
    {
        Era = marker.Era;
        adoptions.TryAdd(partition, []);
        adoptions[partition].AddRange(marker.Adoptions.Except(adoptions[partition]));
    }
}

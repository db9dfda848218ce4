using System.Text;
using Streaming.Daemon.Kafka;

namespace Streaming.Contract;

/// <summary>A port that writes down what it hears and reads.</summary>
/// <param name="port">The port; its owner disposes it.</param>
/// <param name="name">Begins its lines of the log.</param>
/// <param name="log">Lines "name+3" (assigned), "name-3" (revoked), "name!3" (lost), of several members in order.</param>
internal sealed class ContractMember(IKafkaPort port, string name = "", List<string>? log = null) : IPartitionListener
{
    private static readonly TimeSpan wait = TimeSpan.FromMilliseconds(20);

    private readonly RecordBatch batch = new(capacity: 64);

    public IKafkaPort Port => port;

    public List<string> Log { get; } = log ?? [];

    public SortedSet<int> Held { get; } = [];

    /// <summary>All records delivered, in order.</summary>
    public List<(int Partition, long Offset, string Value)> Records { get; } = [];

    /// <summary>All ends reported, in order.</summary>
    public List<PartitionOffset> Ends { get; } = [];

    /// <summary>Where a partition starts; by default at the log's first record.</summary>
    public Func<int, long> StartOf { get; init; } = _ => 0;

    /// <summary>Called inside of the listener, while the partitions are still held.</summary>
    public Action<int[]> Assigning { get; set; } = _ => { };

    /// <inheritdoc cref="Assigning"/>
    public Action<int[]> Revoking { get; set; } = _ => { };

    /// <inheritdoc cref="Assigning"/>
    public Action<int[]> Losing { get; set; } = _ => { };

    public ContractMember Join(string topic)
    {
        port.Subscribe(topic, this);
        return this;
    }

    /// <summary>Polls once; a record of a partition that is not held fails the test.</summary>
    public void Poll()
    {
        port.Poll(batch, wait);
        for (int i = 0; i < batch.Count; i++)
        {
            Assert.Contains(batch.Partitions[i], Held);
            Records.Add((batch.Partitions[i], batch.Offsets[i], Encoding.UTF8.GetString(batch.Value(i))));
        }

        Ends.AddRange(batch.Ends);
    }

    /// <summary>Offsets delivered of a partition, in order.</summary>
    public IEnumerable<long> Offsets(int partition) =>
        Records.Where(record => record.Partition == partition).Select(record => record.Offset);

    public void Assigned(ReadOnlySpan<int> partitions, Span<long> starts)
    {
        for (int i = 0; i < partitions.Length; i++)
        {
            starts[i] = StartOf(partitions[i]);
            Log.Add($"{name}+{partitions[i]}");
            Held.Add(partitions[i]);
        }

        Assigning(partitions.ToArray());
    }

    public void Revoked(ReadOnlySpan<int> partitions)
    {
        Revoking(partitions.ToArray());
        Leave('-', partitions);
    }

    public void Lost(ReadOnlySpan<int> partitions)
    {
        Losing(partitions.ToArray());
        Leave('!', partitions);
    }

    private void Leave(char how, ReadOnlySpan<int> partitions)
    {
        foreach (int partition in partitions)
        {
            Log.Add($"{name}{how}{partition}");
            Held.Remove(partition);
        }
    }
}

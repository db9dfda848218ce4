using System.Text;
using Streaming.Daemon.Kafka;

namespace Streaming.Contract;

/// <summary>A log reader that writes down what it reads of one topic.</summary>
internal sealed class ContractReader(IKafkaPort port, string topic) : IDisposable
{
    private static readonly TimeSpan wait = TimeSpan.FromMilliseconds(20);

    private readonly ILogReader reader = port.Read(topic);
    private readonly RecordBatch batch = new(capacity: 64);

    public ILogReader Reader => reader;

    /// <summary>All records delivered, in order.</summary>
    public List<(int Partition, long Offset, string Value)> Records { get; } = [];

    /// <summary>All ends reported, in order.</summary>
    public List<PartitionOffset> Ends { get; } = [];

    public IEnumerable<string> Values => Records.Select(record => record.Value);

    public ContractReader Open(int partition, long offset = 0)
    {
        reader.Open(partition, offset);
        return this;
    }

    public void Poll()
    {
        reader.Poll(batch, wait);
        for (int i = 0; i < batch.Count; i++)
        {
            Records.Add((batch.Partitions[i], batch.Offsets[i], Encoding.UTF8.GetString(batch.Value(i))));
        }

        Ends.AddRange(batch.Ends);
    }

    public void Dispose() => reader.Dispose();
}

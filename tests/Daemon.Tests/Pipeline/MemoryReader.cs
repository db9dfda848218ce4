using Streaming.Daemon.Kafka;

namespace Daemon.Tests.Pipeline;

/// <summary>Reads the state topic of a <see cref="MemoryBroker"/>.</summary>
internal sealed class MemoryReader(MemoryBroker broker) : ILogReader
{
    private readonly SortedDictionary<int, int> positions = [];

    public void Open(int partition, long offset) => positions.Add(partition, (int)offset);

    public void Close(int partition) => positions.Remove(partition);

    public void Poll(RecordBatch batch, TimeSpan wait)
    {
        batch.Clear();
        foreach (int partition in positions.Keys.ToArray())
        {
            for (List<OutputMessage> log = broker.StatesOf(partition); positions[partition] < log.Count && !batch.IsFull;)
            {
                OutputMessage message = log[positions[partition]];
                batch.Add(partition, positions[partition]++, 0, message.Key, message.Value, null);
            }
        }
    }

    public long Position(int partition) => positions[partition];

    public void Dispose()
    {
    }
}

using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.State;

/// <summary>Reads partitions of the state topic for the tasks of one lane that are being opened.</summary>
/// <remarks>Lane's thread only. One client, made when it is first needed.</remarks>
internal sealed class StateTopicReader(IKafkaPort port, string topic) : IDisposable
{
    private const int BatchRecords = 1_024;

    private static readonly TimeSpan AskTimeout = TimeSpan.FromSeconds(5);

    private readonly Dictionary<int, StateLoader> loaders = [];
    private readonly RecordBatch batch = new(BatchRecords);
    private ILogReader? reader;

    /// <summary>Begins to read a partition, as far as it reaches now, open transactions included: what an owner before
    /// has committed lies below that.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="loader">Takes its records.</param>
    /// <returns>The offset up to which it is to be read.</returns>
    /// <exception cref="KafkaPortException">The brokers refuse, or don't answer (retriable).</exception>
    public long Open(int partition, StateLoader loader)
    {
        (long low, long end) = port.Watermarks(topic, partition, AskTimeout);
        reader ??= port.Read(topic);
        reader.Open(partition, low);
        loaders.Add(partition, loader);
        return end;
    }

    /// <summary>Whether a partition that was opened is read up to an offset.</summary>
    public bool HasRead(int partition, long end) => reader!.Position(partition) >= end;

    /// <summary>Reads what is there.</summary>
    /// <param name="wait">How long to wait for a first record.</param>
    /// <exception cref="StateRefusedException">A record is none of ours.</exception>
    /// <exception cref="KafkaPortException">The reader is broken, or the log was cut under it.</exception>
    public void Turn(TimeSpan wait)
    {
        if (loaders.Count == 0)
        {
            return;
        }

        reader!.Poll(batch, wait);
        for (int i = 0; i < batch.Count; i++)
        {
            loaders[batch.Partitions[i]].Take(batch.Key(i), batch.Value(i));
        }
    }

    /// <summary>Stops reading a partition, if it is read.</summary>
    public void Close(int partition)
    {
        if (loaders.Remove(partition))
        {
            reader!.Close(partition);
        }
    }

    public void Dispose() => reader?.Dispose();
}

namespace Streaming.Daemon.Kafka;

/// <summary>Reads partitions of a topic outside the group, committed records only.</summary>
/// <remarks>Called from one thread. A broker that is away is waited for: Poll then delivers nothing.</remarks>
internal interface ILogReader : IDisposable
{
    /// <summary>Starts to read a partition that is not read yet.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="offset">Offset of the first record to deliver, or the first after it.</param>
    void Open(int partition, long offset);

    /// <summary>Stops reading a partition; what was fetched of it is dropped.</summary>
    void Close(int partition);

    /// <summary>Clears the batch and fills it, waiting up to <paramref name="wait"/> for the first record.</summary>
    /// <exception cref="KafkaPortException">The reader is fatally broken, or a log no longer has what was asked
    /// for.</exception>
    void Poll(RecordBatch batch, TimeSpan wait);

    /// <summary>Offset after all that was delivered or passed over (marks of transactions, records of aborted ones) of a
    /// partition being read.</summary>
    /// <remarks>What lies before it has been delivered if it was committed. It goes past a mark at the log's end.</remarks>
    long Position(int partition);
}

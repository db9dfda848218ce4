namespace Streaming.Daemon.Kafka;

/// <summary>Everything a lane needs of Kafka: one consumer of one topic and one producer.</summary>
/// <remarks>
/// Called from the lane's own thread only, except <see cref="Trouble"/>. At least once: produce, <see cref="Flush"/>
/// until true, then <see cref="Commit"/>. Exactly once: <see cref="InitTransactions"/> before anything else, then for
/// each commit <see cref="BeginTransaction"/>, produce, <see cref="SendOffsets"/>, <see cref="CommitTransaction"/>. A
/// broker that is away is waited for: no call throws because of it, except those with a time-out of their own, which
/// throw a retriable <see cref="KafkaPortException"/> and may be made again.
/// </remarks>
internal interface IKafkaPort : IDisposable
{
    /// <summary>What is wrong with the brokers, for readiness; null when all is well. Any thread may read it.</summary>
    string? Trouble { get; }

    /// <summary>Joins the group for one topic. Once only; the listener is called inside <see cref="Poll"/> and
    /// <see cref="Close"/>, on the calling thread.</summary>
    void Subscribe(string topic, IPartitionListener listener);

    /// <summary>Clears the batch and fills it, waiting up to <paramref name="wait"/> for the first record.</summary>
    /// <remarks>The batch never holds a record of a partition that was revoked or lost in this call, nor one from
    /// before a <see cref="Seek"/> of its partition. Where a log is read to its end, the batch says so once. An
    /// exception of the listener comes out of here.</remarks>
    /// <exception cref="KafkaPortException">The consumer is fatally broken (fenced, for example). Exactly once also where a
    /// partition's log no longer has the next record: told once, neither retriable nor fatal to the others, but that
    /// partition stays still until it is assigned anew.</exception>
    void Poll(RecordBatch batch, TimeSpan wait);

    /// <summary>The next record of a partition held is the one at <paramref name="offset"/>, or the first after
    /// it.</summary>
    void Seek(int partition, long offset);

    /// <summary>Stops delivery from a partition held; may be called while it is being assigned.</summary>
    void Pause(int partition);

    void Resume(int partition);

    /// <summary>Places the group has committed, in the order asked; null where there is none.</summary>
    /// <exception cref="KafkaPortException">No answer within <paramref name="timeout"/>, or refused.</exception>
    PartitionOffset?[] Committed(ReadOnlySpan<int> partitions, TimeSpan timeout);

    /// <summary>First offset kept and offset after the last record, asked of the broker.</summary>
    /// <exception cref="KafkaPortException">No answer within <paramref name="timeout"/>, or refused.</exception>
    (long Low, long High) Watermarks(int partition, TimeSpan timeout);

    /// <summary>First offset kept and offset after the last record of any topic, open transactions included.</summary>
    /// <exception cref="KafkaPortException">No answer within <paramref name="timeout"/>, or refused.</exception>
    (long Low, long High) Watermarks(string topic, int partition, TimeSpan timeout);

    /// <summary>Opens a reader of another topic; the caller disposes it.</summary>
    ILogReader Read(string topic);

    /// <summary>Offset of the first record whose timestamp is not before a time, asked of the broker; null where all
    /// are.</summary>
    /// <param name="partition">The partition; it need not be held.</param>
    /// <param name="timestampMs">Milliseconds since 1970.</param>
    /// <param name="timeout">How long to wait for the answer.</param>
    /// <exception cref="KafkaPortException">No answer within <paramref name="timeout"/>, or refused.</exception>
    long? OffsetAt(int partition, long timestampMs, TimeSpan timeout);

    /// <summary>Offset after the last record of a partition held, as far as fetches have told; no request is made.
    /// Negative while unknown.</summary>
    long LogEnd(int partition);

    /// <summary>A topic to produce to; ask once and keep it.</summary>
    ProduceTarget Target(string topic);

    /// <summary>Takes a copy of a message to send; false when the local queue is full and nothing was taken.</summary>
    /// <param name="target">From <see cref="Target"/> of this port.</param>
    /// <param name="partition">Partition, or −1 to choose it by hash of the key (murmur2, as Java does).</param>
    /// <param name="key">Key; a null key is <c>default</c>, an empty one is a span of length 0 over something, such
    /// as <c>""u8</c>.</param>
    /// <param name="value">Value; null and empty as for the key.</param>
    /// <param name="headers">Headers to copy, or null for none.</param>
    /// <param name="timestampMs">Milliseconds since 1970.</param>
    /// <remarks>On false, <see cref="Flush"/> for a few milliseconds and try again.</remarks>
    /// <exception cref="KafkaPortException">The message can never be sent (too large, no such partition), or the
    /// producer is fatally broken.</exception>
    bool TryProduce(
        ProduceTarget target, int partition, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value,
        MessageHeaders? headers, long timestampMs);

    /// <summary>Waits until all that was produced is acknowledged; false when that took too long.</summary>
    /// <exception cref="KafkaPortException">A message taken since the last throw was lost, or the producer is
    /// fatally broken: what was produced since the last commit must be produced again.</exception>
    bool Flush(TimeSpan timeout);

    /// <summary>Commits, for each partition, the next record to process.</summary>
    /// <exception cref="KafkaPortException">No answer within 5 s (the outcome is unknown then, and the same commit may
    /// be sent again), or refused: the partitions may no longer be held.</exception>
    void Commit(ReadOnlySpan<PartitionOffset> next);

    /// <summary>Makes this the one producer of its transactional id: whoever had it before is fenced, and what it left
    /// open is aborted. Once, before the group is joined.</summary>
    /// <exception cref="KafkaPortException">No answer within <paramref name="timeout"/>, or refused.</exception>
    void InitTransactions(TimeSpan timeout);

    /// <summary>Opens a transaction: what is produced from now on is seen when it is committed, or never.</summary>
    /// <exception cref="KafkaPortException">The producer is fatally broken.</exception>
    void BeginTransaction();

    /// <summary>Adds offsets of the group to the open transaction, in the name of the group's present generation.</summary>
    /// <param name="next">For each partition, the next record to process.</param>
    /// <param name="timeout">How long to wait for the coordinator.</param>
    /// <exception cref="KafkaPortException">Retriable, <see cref="KafkaPortException.Abortable"/> (the generation is over,
    /// for example) or fatal.</exception>
    void SendOffsets(ReadOnlySpan<PartitionOffset> next, TimeSpan timeout);

    /// <summary>Flushes and commits the open transaction.</summary>
    /// <exception cref="KafkaPortException">Retriable: the outcome is unknown, and this must be called again, nothing
    /// else. Abortable: nothing was committed. Fatal: this producer is fenced, the outcome is unknown.</exception>
    void CommitTransaction(TimeSpan timeout);

    /// <summary>Ends the open transaction as if nothing had been produced in it; drops what waits to be sent.</summary>
    /// <exception cref="KafkaPortException">Retriable: call again. Fatal: this producer is fenced.</exception>
    void AbortTransaction(TimeSpan timeout);

    /// <summary>Leaves the group, which revokes what is held. No consumer call may follow.</summary>
    void Close();
}

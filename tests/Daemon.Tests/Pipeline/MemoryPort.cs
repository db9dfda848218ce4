using System.Text;
using Confluent.Kafka;
using Streaming.Daemon.Kafka;

namespace Daemon.Tests.Pipeline;

/// <summary>A port over a <see cref="MemoryBroker"/>, with faults; keeps the contract of <see cref="IKafkaPort"/>.</summary>
/// <remarks>As the real one it fills the batch first and answers rebalances then, dropping the records of partitions
/// that go or are moved. Of transactions it knows nothing: those are for the simulation.</remarks>
internal sealed class MemoryPort(MemoryBroker broker) : IKafkaPort
{
    private readonly SortedDictionary<int, long> positions = [];
    private readonly Dictionary<int, long> ended = [];
    private readonly HashSet<int> paused = [];
    private readonly List<OutputMessage> inFlight = [];
    private readonly List<ProduceTarget> targets = [];
    private readonly Queue<Action> rebalances = new();
    private IPartitionListener? listener;
    private RecordBatch? batch;
    private int queued;
    private int firstPartition;

    /// <summary>What goes wrong at a call.</summary>
    public Func<PortCall, PortFault> Fault { get; set; } = _ => PortFault.None;

    /// <summary>Called at the start of each Poll: the script of the test.</summary>
    public Action Polling { get; set; } = () => { };

    /// <summary>Called with each message that is taken.</summary>
    public Action<string>? Producing { get; set; }

    /// <summary>Called at each Commit, before it takes effect or fails.</summary>
    public Action<PartitionOffset[]> Committing { get; set; } = _ => { };

    /// <summary>Messages that wait for acknowledgement, at most.</summary>
    public int QueueLimit { get; set; } = int.MaxValue;

    /// <summary>Records one Poll delivers, at most.</summary>
    public int PollLimit { get; set; } = int.MaxValue;

    public long Position(int partition) => positions.GetValueOrDefault(partition, -1);

    public bool IsClosed { get; private set; }

    public int Polls { get; private set; }

    /// <summary>Partitions held; read-only to tests.</summary>
    public IReadOnlyCollection<int> Held => positions.Keys;

    /// <summary>Whether everything in the logs of the partitions held was delivered.</summary>
    public bool IsAtEnd =>
        positions.All(p => p.Value >= broker.End(p.Key) || paused.Contains(p.Key)) && rebalances.Count == 0;

    /// <summary>Partitions that deliver nothing.</summary>
    public IReadOnlyCollection<int> Paused => paused;

    public string? Trouble { get; set; }

    public void Assign(params int[] partitions) => rebalances.Enqueue(() => AssignNow(partitions));

    public void Revoke(params int[] partitions) => rebalances.Enqueue(() => Unassign(partitions, lost: false));

    public void Lose(params int[] partitions) => rebalances.Enqueue(() => Unassign(partitions, lost: true));

    /// <summary>The process dies: the first messages in flight still arrive.</summary>
    public void Crash(int arriving)
    {
        broker.Take(inFlight.Take(arriving));
        inFlight.Clear();
    }

    public int InFlight => queued;

    public void Subscribe(string topic, IPartitionListener listener) => this.listener = listener;

    public void Poll(RecordBatch batch, TimeSpan wait)
    {
        Polls++;
        batch.Clear();
        Polling();
        this.batch = batch;
        Fill(batch);
        while (rebalances.TryDequeue(out Action? rebalance))
        {
            rebalance();
        }

        this.batch = null;
    }

    public void Seek(int partition, long offset)
    {
        Assert.True(positions.ContainsKey(partition), $"Partition {partition} is not held.");
        positions[partition] = offset;
        ended.Remove(partition);
        batch?.Drop(partition);
    }

    public void Pause(int partition)
    {
        paused.Add(partition);
        batch?.Drop(partition);
    }

    public void Resume(int partition) => paused.Remove(partition);

    public PartitionOffset?[] Committed(ReadOnlySpan<int> partitions, TimeSpan timeout)
    {
        ThrowIfAway(PortCall.Committed);
        var places = new PartitionOffset?[partitions.Length];
        for (int i = 0; i < places.Length; i++)
        {
            if (broker.Committed.TryGetValue(partitions[i], out long offset))
            {
                places[i] = CommitNote.Read(partitions[i], offset, broker.Notes.GetValueOrDefault(partitions[i]));
            }
        }

        return places;
    }

    public (long Low, long High) Watermarks(int partition, TimeSpan timeout)
    {
        ThrowIfAway(PortCall.Watermarks);
        return (broker.LowMarks[partition], broker.End(partition));
    }

    public long? OffsetAt(int partition, long timestampMs, TimeSpan timeout)
    {
        ThrowIfAway(PortCall.OffsetAt);
        return broker.Logs[partition].Find(record => record.TimestampMs >= timestampMs)?.Offset;
    }

    public long LogEnd(int partition) => broker.End(partition);

    public ProduceTarget Target(string topic)
    {
        targets.Add(new ProduceTarget(topic, targets.Count));
        return targets[^1];
    }

    public bool TryProduce(
        ProduceTarget target, int partition, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value,
        MessageHeaders? headers, long timestampMs)
    {
        PortFault fault = Fault(PortCall.Produce);
        if (fault == PortFault.Refused)
        {
            throw Refusal($"Topic '{target.Topic}': message too large");
        }

        if (fault == PortFault.Slow || queued >= QueueLimit)
        {
            return false;
        }

        queued++;
        Producing?.Invoke(Encoding.UTF8.GetString(value));
        if (broker.KeepsOutput)
        {
            inFlight.Add(new OutputMessage(
                target.Topic, partition, NullableBytes.IsNull(key) ? null : key.ToArray(), NullableBytes.IsNull(value) ? null : value.ToArray(),
                timestampMs, Copy(headers)));
        }

        return true;
    }

    public bool Flush(TimeSpan timeout)
    {
        switch (Fault(PortCall.Flush))
        {
            case PortFault.Slow:
                Acknowledge(inFlight.Count / 2);
                return false;
            case PortFault.Lost when inFlight.Count > 0:
                inFlight.RemoveAt(inFlight.Count / 3);
                Acknowledge(inFlight.Count);
                throw Refusal("1 messages were not delivered");
            default:
                Acknowledge(inFlight.Count);
                queued = 0;
                return true;
        }
    }

    public void Commit(ReadOnlySpan<PartitionOffset> next)
    {
        Committing(next.ToArray());
        PortFault fault = Fault(PortCall.Commit);
        if (fault == PortFault.Refused)
        {
            throw Refusal("commit: unknown member");
        }

        if (fault != PortFault.Retriable)
        {
            foreach (PartitionOffset place in next)
            {
                Assert.True(positions.ContainsKey(place.Partition), $"Partition {place.Partition} is not held.");
                broker.Committed[place.Partition] = place.Offset;
                broker.Notes[place.Partition] = CommitNote.Of(place);
            }
        }

        if (fault is PortFault.Retriable or PortFault.RetriableButDone)
        {
            throw new KafkaPortException(ErrorCode.RequestTimedOut, "commit: timed out", retriable: true);
        }
    }

    public (long Low, long High) Watermarks(string topic, int partition, TimeSpan timeout)
    {
        ThrowIfAway(PortCall.Watermarks);
        return (0, broker.StatesOf(partition).Count);
    }

    public ILogReader Read(string topic) => new MemoryReader(broker);

    public void InitTransactions(TimeSpan timeout) => throw new NotSupportedException();

    public void BeginTransaction() => throw new NotSupportedException();

    public void SendOffsets(ReadOnlySpan<PartitionOffset> next, TimeSpan timeout) => throw new NotSupportedException();

    public void CommitTransaction(TimeSpan timeout) => throw new NotSupportedException();

    public void AbortTransaction(TimeSpan timeout) => throw new NotSupportedException();

    public void Close()
    {
        if (positions.Count > 0)
        {
            Unassign([.. positions.Keys], lost: false);
        }

        IsClosed = true;
    }

    public void Dispose()
    {
    }

    private void AssignNow(int[] partitions)
    {
        var starts = new long[partitions.Length];
        Array.Fill(starts, StartOffset.Committed);
        listener!.Assigned(partitions, starts);
        for (int i = 0; i < partitions.Length; i++)
        {
            positions.Add(partitions[i], starts[i]);
            ended.Remove(partitions[i]);
        }
    }

    private void Unassign(int[] partitions, bool lost)
    {
        foreach (int partition in partitions)
        {
            batch?.Drop(partition);
        }

        if (lost)
        {
            listener!.Lost(partitions);
        }
        else
        {
            listener!.Revoked(partitions);
        }

        foreach (int partition in partitions)
        {
            positions.Remove(partition);
            paused.Remove(partition);
        }
    }

    /// <summary>A record of each partition in turn, from another partition each time.</summary>
    private void Fill(RecordBatch batch)
    {
        int left = PollLimit;
        bool found = true;
        firstPartition++;
        while (found && left > 0)
        {
            found = false;
            for (int i = 0; i < broker.Partitions && left > 0 && !batch.IsFull; i++)
            {
                int partition = (firstPartition + i) % broker.Partitions;
                if (IsRead(partition, out long position) && Find(partition, position) is { } record)
                {
                    batch.Add(
                        partition, record.Offset, record.TimestampMs, record.Key, record.Value, record.Headers);
                    positions[partition] = record.Offset + 1;
                    found = true;
                    left--;
                }
            }
        }

        FindEnds(batch);
    }

    /// <summary>Where nothing is left to read, says so, once.</summary>
    private void FindEnds(RecordBatch batch)
    {
        for (int partition = 0; partition < broker.Partitions; partition++)
        {
            long end = broker.End(partition);
            if (IsRead(partition, out long position) && Find(partition, position) is null
                && ended.GetValueOrDefault(partition, -1) != end)
            {
                ended[partition] = end;
                positions[partition] = Math.Max(position, end);
                batch.AddEnd(new(partition, end));
            }
        }
    }

    private bool IsRead(int partition, out long position) =>
        positions.TryGetValue(partition, out position) && !paused.Contains(partition);

    /// <summary>First record at an offset or after it.</summary>
    private InputRecord? Find(int partition, long offset)
    {
        List<InputRecord> log = broker.Logs[partition];
        int low = 0, high = log.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = log[middle].Offset < offset ? (middle + 1, high) : (low, middle);
        }

        return low < log.Count ? log[low] : null;
    }

    private void Acknowledge(int count)
    {
        if (count > 0)
        {
            broker.Take(inFlight.Take(count));
            inFlight.RemoveRange(0, count);
        }

        queued = inFlight.Count;
    }

    private void ThrowIfAway(PortCall call)
    {
        switch (Fault(call))
        {
            case PortFault.Retriable:
                throw new KafkaPortException(ErrorCode.Local_TimedOut, $"{call}: timed out", retriable: true);
            case PortFault.Refused:
                throw Refusal($"{call}: not authorized");
        }
    }

    private static KafkaPortException Refusal(string message) => new(ErrorCode.MsgSizeTooLarge, message);

    private static (string, string)[] Copy(MessageHeaders? headers)
    {
        var copy = new (string, string)[headers?.Count ?? 0];
        for (int i = 0; i < copy.Length; i++)
        {
            copy[i] = (Encoding.UTF8.GetString(headers!.Name(i)), Encoding.UTF8.GetString(headers.Value(i)));
        }

        return copy;
    }
}

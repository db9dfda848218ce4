using System.Runtime.InteropServices;
using Streaming.Daemon.Kafka;

namespace Simulation.Log;

/// <summary>The log of one partition: records and marks by offset, with gaps, and the transactions among
/// them.</summary>
/// <remarks>
/// Nothing is ever taken out of memory: what retention deletes lies below <see cref="Start"/>, what compaction deletes
/// is flagged, so that the end of a schedule can look at all that was ever committed. Reused from schedule to schedule.
/// </remarks>
internal sealed class PartitionLog(string topic, int partition)
{
    private readonly List<LogTransaction> transactions = [];
    private readonly List<int> open = [];
    private readonly List<int> epochs = []; // newest epoch heard of each producer, by its number
    private LogEntry[] entries = new LogEntry[256];
    private byte[] arena = new byte[8 << 10];
    private int count;
    private int used;

    public string Topic => topic;

    public int Partition => partition;

    /// <summary>Everything ever appended, by offset.</summary>
    public ReadOnlySpan<LogEntry> Entries => entries.AsSpan(0, count);

    /// <summary>First offset kept.</summary>
    public long Start { get; private set; }

    /// <summary>Offset after the last entry.</summary>
    public long End { get; private set; }

    /// <summary>Offset after what all replicas have; nothing beyond it is told to anyone.</summary>
    public long HighWatermark { get; private set; }

    /// <summary>Offset up to which every transaction has ended.</summary>
    public long StableEnd => open.Count == 0 ? HighWatermark : Math.Min(HighWatermark, FirstOpen());

    /// <summary>While the simulation's clock is below this, the partition has no leader and answers nobody.</summary>
    public long AwayUntilMs { get; set; }

    /// <summary>Readers that are on their way through the log, for the schedule to know.</summary>
    public int Readers { get; set; }

    public void Reset()
    {
        Array.Clear(entries, 0, count);
        (count, used, Start, End, HighWatermark, AwayUntilMs, Readers) = (0, 0, 0, 0, 0, 0, 0);
        transactions.Clear();
        open.Clear();
        epochs.Clear();
    }

    public ReadOnlySpan<byte> Key(in LogEntry entry) => Part(entry.Start, entry.KeyLength);

    public ReadOnlySpan<byte> Value(in LogEntry entry) =>
        Part(entry.Start + Math.Max(0, entry.KeyLength), entry.ValueLength);

    /// <summary>Leaves offsets out, as the marks and aborted records of foreign producers would.</summary>
    public void Skip(int offsets) => End += offsets;

    /// <summary>Appends a record that belongs to no transaction.</summary>
    public void Append(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, MessageHeaders? headers, long timestampMs) =>
        Add(key, value, headers, timestampMs, LogEntry.Plain);

    /// <summary>Appends a record of a producer's transaction, which begins with it where it is the first.</summary>
    /// <returns>False where the partition has heard of a newer epoch: the producer is fenced.</returns>
    public bool TryAppend(
        int producer, int epoch, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, MessageHeaders? headers,
        long timestampMs)
    {
        if (epoch < EpochOf(producer))
        {
            return false;
        }

        Hear(producer, epoch);
        int transaction = OpenOf(producer);
        if (transaction < 0)
        {
            transaction = transactions.Count;
            transactions.Add(new() { Producer = producer, First = End });
            open.Add(transaction);
        }

        Add(key, value, headers, timestampMs, transaction);
        return true;
    }

    /// <summary>Ends a producer's transaction, if it has one here, and takes an offset for the mark.</summary>
    public void Mark(int producer, int epoch, bool isCommit)
    {
        Hear(producer, epoch);
        int transaction = OpenOf(producer);
        if (transaction >= 0)
        {
            CollectionsMarshal.AsSpan(transactions)[transaction].Outcome =
                isCommit ? Outcome.Committed : Outcome.Aborted;
            open.Remove(transaction);
        }

        Add(default, default, null, -1, LogEntry.Mark);
    }

    /// <summary>Lets replicas catch up with some of what they miss.</summary>
    public void Replicate(long offsets) => HighWatermark = Math.Min(End, HighWatermark + offsets);

    /// <summary>All replicas have all there is.</summary>
    public void ReplicateAll() => HighWatermark = End;

    /// <summary>Retention: drops what lies below an offset, as far as replicas have it.</summary>
    public void DeleteBelow(long offset) => Start = Math.Max(Start, Math.Min(offset, HighWatermark));

    /// <summary>Compaction takes an entry away.</summary>
    public void Remove(int index) => entries[index].IsRemoved = true;

    /// <summary>Compaction has met a null for the first time, and lets it stay for a while.</summary>
    public void Stay(int index, long untilMs) => entries[index].StaysUntilMs = untilMs;

    /// <summary>Finds the next record a reader of committed records gets.</summary>
    /// <param name="position">Where it reads; moves past what it gets and what it passes over.</param>
    /// <param name="end">Where it stops; at most <see cref="StableEnd"/>.</param>
    /// <returns>Index of the entry, or −1 where none is left before the end.</returns>
    public int Next(ref long position, long end)
    {
        for (int i = IndexOf(position); i < count && entries[i].Offset < end; i++)
        {
            position = entries[i].Offset + 1;
            if (!entries[i].IsRemoved && IsCommitted(entries[i]))
            {
                return i;
            }
        }

        position = Math.Max(position, end);
        return -1;
    }

    /// <summary>Whether an entry is a record that was committed, removed or not.</summary>
    public bool IsCommitted(in LogEntry entry) => entry.Transaction == LogEntry.Plain
        || (entry.Transaction >= 0 && transactions[entry.Transaction].Outcome == Outcome.Committed);

    /// <summary>Whether an entry is a record of an aborted transaction.</summary>
    public bool IsAborted(in LogEntry entry) =>
        entry.Transaction >= 0 && transactions[entry.Transaction].Outcome == Outcome.Aborted;

    /// <summary>Index of the first entry at an offset or after it.</summary>
    private int IndexOf(long offset)
    {
        int low = 0, high = count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = entries[middle].Offset < offset ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private void Add(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, MessageHeaders? headers, long timestampMs, int transaction)
    {
        if (count == entries.Length)
        {
            Array.Resize(ref entries, 2 * count);
        }

        int end = used + key.Length + value.Length;
        if (end > arena.Length)
        {
            Array.Resize(ref arena, Math.Max(end, 2 * arena.Length));
        }

        key.CopyTo(arena.AsSpan(used));
        value.CopyTo(arena.AsSpan(used + key.Length));
        entries[count++] = new()
        {
            Offset = End++,
            TimestampMs = timestampMs,
            Start = used,
            KeyLength = NullableBytes.LengthOf(key),
            ValueLength = NullableBytes.LengthOf(value),
            Headers = headers,
            Transaction = transaction,
        };
        used = end;
    }

    private ReadOnlySpan<byte> Part(int start, int length) =>
        length == LogEntry.Null ? default : arena.AsSpan(start, length);

    private int OpenOf(int producer)
    {
        foreach (int transaction in open)
        {
            if (transactions[transaction].Producer == producer)
            {
                return transaction;
            }
        }

        return -1;
    }

    private long FirstOpen()
    {
        long first = long.MaxValue;
        foreach (int transaction in open)
        {
            first = Math.Min(first, transactions[transaction].First);
        }

        return first;
    }

    private int EpochOf(int producer) => producer < epochs.Count ? epochs[producer] : -1;

    private void Hear(int producer, int epoch)
    {
        while (epochs.Count <= producer)
        {
            epochs.Add(-1);
        }

        epochs[producer] = Math.Max(epochs[producer], epoch);
    }
}

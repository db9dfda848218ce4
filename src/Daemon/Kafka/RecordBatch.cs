using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Streaming.Daemon.Kafka;

/// <summary>Records of one topic, in the order delivered; filled again by each Poll.</summary>
/// <remarks>
/// Keys, values and headers lie in one arena that grows by doubling and is kept; past <see cref="FullBytes"/> the batch
/// is full, so the arena ends at that plus what one delivery brings. Offsets ascend within a partition. Not
/// thread-safe.
/// </remarks>
internal sealed class RecordBatch
{
    /// <summary>Bytes of keys, values and headers at which a batch counts as full.</summary>
    public const int FullBytes = 4 << 20;

    private const int NullLength = -1;

    private readonly int[] partitions;
    private readonly long[] offsets;
    private readonly long[] timestampsMs;
    private readonly int[] starts;
    private readonly int[] keyLengths;
    private readonly int[] valueLengths;
    private readonly int[] headerLengths;
    private readonly int[] headersCut;
    private readonly List<PartitionOffset> ends = [];
    private byte[] arena = new byte[4 << 10];
    private int used;

    /// <param name="capacity">Records it takes at most.</param>
    public RecordBatch(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        Limit = capacity;
        partitions = new int[capacity];
        offsets = new long[capacity];
        timestampsMs = new long[capacity];
        starts = new int[capacity];
        keyLengths = new int[capacity];
        valueLengths = new int[capacity];
        headerLengths = new int[capacity];
        headersCut = new int[capacity];
    }

    /// <summary>Records it takes at most.</summary>
    public int Capacity => partitions.Length;

    /// <summary>Records at which it counts as full; Capacity unless set to fewer.</summary>
    public int Limit { get; set; }

    /// <summary>Records it holds.</summary>
    public int Count { get; private set; }

    /// <summary>Takes no more, by records or by bytes.</summary>
    public bool IsFull => Count >= Limit || used >= FullBytes;

    /// <summary>Partition of each record, [Count].</summary>
    public ReadOnlySpan<int> Partitions => partitions.AsSpan(0, Count);

    /// <summary>Offset of each record, [Count].</summary>
    public ReadOnlySpan<long> Offsets => offsets.AsSpan(0, Count);

    /// <summary>Kafka timestamp of each record, ms since 1970, −1 where it has none, [Count].</summary>
    public ReadOnlySpan<long> TimestampsMs => timestampsMs.AsSpan(0, Count);

    /// <summary>Partitions whose log was read to its end, and the offset after it, which may lie past that after their
    /// last record.</summary>
    public IReadOnlyList<PartitionOffset> Ends => ends;

    /// <summary>Key of record <paramref name="i"/>, empty when null; valid until the next Clear.</summary>
    public ReadOnlySpan<byte> Key(int i) => arena.AsSpan(starts[i], Math.Max(0, keyLengths[i]));

    /// <summary>Value of record <paramref name="i"/>, empty when null; valid until the next Clear.</summary>
    public ReadOnlySpan<byte> Value(int i) =>
        arena.AsSpan(starts[i] + Math.Max(0, keyLengths[i]), Math.Max(0, valueLengths[i]));

    /// <summary>Those headers of record <paramref name="i"/> that were kept; valid until the next Clear.</summary>
    public RecordHeaders Headers(int i) => new(
        arena.AsSpan(starts[i] + Math.Max(0, keyLengths[i]) + Math.Max(0, valueLengths[i]), headerLengths[i]));

    /// <summary>Headers of record <paramref name="i"/> that were not kept.</summary>
    public int HeadersCut(int i) => headersCut[i];

    public bool IsKeyNull(int i) => keyLengths[i] == NullLength;

    public bool IsValueNull(int i) => valueLengths[i] == NullLength;

    /// <summary>Forgets all records; keeps the arena.</summary>
    public void Clear()
    {
        (Count, used) = (0, 0);
        ends.Clear();
    }

    /// <summary>Notes that a log was read to its end.</summary>
    public void AddEnd(PartitionOffset end) => ends.Add(end);

    /// <summary>Adds a copy of a record; a null key or value is <c>default</c>.</summary>
    /// <exception cref="InvalidOperationException">The batch already holds Capacity records.</exception>
    public void Add(
        int partition, long offset, long timestampMs, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value,
        MessageHeaders? headers = null, int headersLeftOut = 0)
    {
        if (Count == Capacity)
        {
            throw new InvalidOperationException($"The batch holds {Capacity} records already.");
        }

        int headerBytes = RecordHeaders.Bytes(headers);
        int end = checked(used + key.Length + value.Length + headerBytes);
        if (end > arena.Length)
        {
            Array.Resize(ref arena, (int)Math.Min(Array.MaxLength, Math.Max(end, 2L * arena.Length)));
        }

        key.CopyTo(arena.AsSpan(used));
        value.CopyTo(arena.AsSpan(used + key.Length));
        RecordHeaders.Write(headers, arena.AsSpan(end - headerBytes, headerBytes));
        partitions[Count] = partition;
        offsets[Count] = offset;
        timestampsMs[Count] = timestampMs;
        starts[Count] = used;
        keyLengths[Count] = LengthOf(key);
        valueLengths[Count] = LengthOf(value);
        headerLengths[Count] = headerBytes;
        headersCut[Count] = headersLeftOut;
        used = end;
        Count++;
    }

    /// <summary>Drops the records of a partition that went away or was moved; the rest keep their order.</summary>
    public void Drop(int partition)
    {
        int kept = 0;
        for (int i = 0; i < Count; i++)
        {
            if (partitions[i] == partition)
            {
                continue;
            }

            partitions[kept] = partitions[i];
            offsets[kept] = offsets[i];
            timestampsMs[kept] = timestampsMs[i];
            starts[kept] = starts[i];
            keyLengths[kept] = keyLengths[i];
            valueLengths[kept] = valueLengths[i];
            headerLengths[kept] = headerLengths[i];
            headersCut[kept++] = headersCut[i];
        }

        Count = kept;
        ends.RemoveAll(end => end.Partition == partition);
    }

    /// <summary>A span over nothing at all is a null; over no bytes of something, empty.</summary>
    private static int LengthOf(ReadOnlySpan<byte> bytes) =>
        Unsafe.IsNullRef(ref MemoryMarshal.GetReference(bytes)) ? NullLength : bytes.Length;
}

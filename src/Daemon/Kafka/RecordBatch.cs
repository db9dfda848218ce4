using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Streaming.Daemon.Kafka;

/// <summary>Records of one topic, in the order delivered; filled again by each Poll.</summary>
/// <remarks>
/// Keys and values lie in one arena that grows by doubling and is kept; past <see cref="FullBytes"/> the batch is
/// full, so the arena ends at that plus what one delivery brings. Offsets ascend within a partition. Not thread-safe.
/// </remarks>
internal sealed class RecordBatch
{
    /// <summary>Bytes of keys and values at which a batch counts as full.</summary>
    public const int FullBytes = 4 << 20;

    private const int NullLength = -1;

    private readonly int[] _partitions;
    private readonly long[] _offsets;
    private readonly long[] _timestampsMs;
    private readonly int[] _starts;
    private readonly int[] _keyLengths;
    private readonly int[] _valueLengths;
    private byte[] _arena = new byte[64 << 10];
    private int _used;

    /// <param name="capacity">Records it takes at most.</param>
    public RecordBatch(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _partitions = new int[capacity];
        _offsets = new long[capacity];
        _timestampsMs = new long[capacity];
        _starts = new int[capacity];
        _keyLengths = new int[capacity];
        _valueLengths = new int[capacity];
    }

    /// <summary>Records it takes at most.</summary>
    public int Capacity => _partitions.Length;

    /// <summary>Records it holds.</summary>
    public int Count { get; private set; }

    /// <summary>Takes no more, by records or by bytes.</summary>
    public bool IsFull => Count == Capacity || _used >= FullBytes;

    /// <summary>Partition of each record, [Count].</summary>
    public ReadOnlySpan<int> Partitions => _partitions.AsSpan(0, Count);

    /// <summary>Offset of each record, [Count].</summary>
    public ReadOnlySpan<long> Offsets => _offsets.AsSpan(0, Count);

    /// <summary>Kafka timestamp of each record, ms since 1970, −1 where it has none, [Count].</summary>
    public ReadOnlySpan<long> TimestampsMs => _timestampsMs.AsSpan(0, Count);

    /// <summary>Key of record <paramref name="i"/>, empty when null; valid until the next Clear.</summary>
    public ReadOnlySpan<byte> Key(int i) => _arena.AsSpan(_starts[i], Math.Max(0, _keyLengths[i]));

    /// <summary>Value of record <paramref name="i"/>, empty when null; valid until the next Clear.</summary>
    public ReadOnlySpan<byte> Value(int i) =>
        _arena.AsSpan(_starts[i] + Math.Max(0, _keyLengths[i]), Math.Max(0, _valueLengths[i]));

    public bool IsKeyNull(int i) => _keyLengths[i] == NullLength;

    public bool IsValueNull(int i) => _valueLengths[i] == NullLength;

    /// <summary>Forgets all records; keeps the arena.</summary>
    public void Clear() => (Count, _used) = (0, 0);

    /// <summary>Adds a copy of a record; a null key or value is <c>default</c>.</summary>
    /// <exception cref="InvalidOperationException">The batch already holds Capacity records.</exception>
    public void Add(int partition, long offset, long timestampMs, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (Count == Capacity)
        {
            throw new InvalidOperationException($"The batch holds {Capacity} records already.");
        }

        int end = checked(_used + key.Length + value.Length);
        if (end > _arena.Length)
        {
            Array.Resize(ref _arena, (int)Math.Min(Array.MaxLength, Math.Max(end, 2L * _arena.Length)));
        }

        key.CopyTo(_arena.AsSpan(_used));
        value.CopyTo(_arena.AsSpan(_used + key.Length));
        _partitions[Count] = partition;
        _offsets[Count] = offset;
        _timestampsMs[Count] = timestampMs;
        _starts[Count] = _used;
        _keyLengths[Count] = LengthOf(key);
        _valueLengths[Count] = LengthOf(value);
        _used = end;
        Count++;
    }

    /// <summary>Drops the records of a partition that went away or was moved; the rest keep their order.</summary>
    public void Drop(int partition)
    {
        int kept = 0;
        for (int i = 0; i < Count; i++)
        {
            if (_partitions[i] == partition)
            {
                continue;
            }

            _partitions[kept] = _partitions[i];
            _offsets[kept] = _offsets[i];
            _timestampsMs[kept] = _timestampsMs[i];
            _starts[kept] = _starts[i];
            _keyLengths[kept] = _keyLengths[i];
            _valueLengths[kept++] = _valueLengths[i];
        }

        Count = kept;
    }

    /// <summary>A span over nothing at all is a null; over no bytes of something, empty.</summary>
    private static int LengthOf(ReadOnlySpan<byte> bytes) =>
        Unsafe.IsNullRef(ref MemoryMarshal.GetReference(bytes)) ? NullLength : bytes.Length;
}

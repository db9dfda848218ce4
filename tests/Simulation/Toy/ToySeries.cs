using System.Buffers.Binary;

namespace Simulation.Toy;

/// <summary>A unit: one series, its sums, and what a checkpoint must know of it.</summary>
/// <param name="id">Number of the series.</param>
/// <param name="born">Offset of the record it began with: tells its lives apart.</param>
internal sealed class ToySeries(int id, long born)
{
    public const int Bytes = 48;

    /// <summary>No bucket is open.</summary>
    private const long None = long.MinValue;

    public int Id => id;

    public long Born { get; } = born;

    /// <summary>Offset up to which it has taken in the log: older records are known to it already.</summary>
    public long AsOf { get; set; } = born;

    /// <summary>Everything its steps have ever read, folded.</summary>
    public ulong Sum { get; private set; }

    /// <summary>Start of the open bucket, event time.</summary>
    public long Bucket { get; private set; } = None;

    public long BucketSum { get; private set; }

    /// <summary>Earliest event time of the next record: what lies before it is late.</summary>
    public long ClosedTo { get; private set; } = None;

    /// <summary>Was written once; for a planted mistake.</summary>
    public bool WasWritten { get; set; }

    public bool HasOpenBucket => Bucket != None;

    /// <summary>Latest event time it can still be waiting for, or had.</summary>
    public long LastTime => HasOpenBucket ? Bucket : ClosedTo;

    /// <summary>Adds a value to the bucket that begins at a time; the open one must be that or none.</summary>
    public void Add(long bucket, long value) => (Bucket, BucketSum) = (bucket, BucketSum + value);

    /// <summary>Closes the open bucket: one step.</summary>
    /// <param name="weight">Of the version in force for it.</param>
    /// <param name="snapshot">Of its task.</param>
    /// <param name="bucketLength">In event time.</param>
    public void Step(ulong weight, ToySnapshot snapshot, long bucketLength)
    {
        Sum = SeededRandom.Mix(Sum + ((ulong)BucketSum * weight) + (ulong)Bucket);
        Sum = SeededRandom.Mix(Sum ^ (ulong)snapshot.StreamTime ^ ((ulong)snapshot.SeriesCount << 48));
        (ClosedTo, Bucket, BucketSum) = (Bucket + bucketLength, None, 0);
    }

    public static ToySeries Read(int id, ReadOnlySpan<byte> bytes) => new(id, Long(bytes))
    {
        AsOf = Long(bytes[8..]),
        Sum = (ulong)Long(bytes[16..]),
        Bucket = Long(bytes[24..]),
        BucketSum = Long(bytes[32..]),
        ClosedTo = Long(bytes[40..]),
        WasWritten = true,
    };

    /// <returns>The bytes written.</returns>
    public Span<byte> Write(Span<byte> room)
    {
        BinaryPrimitives.WriteInt64LittleEndian(room, Born);
        BinaryPrimitives.WriteInt64LittleEndian(room[8..], AsOf);
        BinaryPrimitives.WriteInt64LittleEndian(room[16..], (long)Sum);
        BinaryPrimitives.WriteInt64LittleEndian(room[24..], Bucket);
        BinaryPrimitives.WriteInt64LittleEndian(room[32..], BucketSum);
        BinaryPrimitives.WriteInt64LittleEndian(room[40..], ClosedTo);
        return room[..Bytes];
    }

    private static long Long(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadInt64LittleEndian(bytes);
}

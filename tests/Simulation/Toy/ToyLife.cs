using System.Buffers.Binary;

namespace Simulation.Toy;

/// <summary>A life of a series that ended: a death record.</summary>
/// <param name="Series">Number of the series.</param>
/// <param name="Born">Offset of the record it began with.</param>
/// <param name="Died">Offset of the record by whose time it was evicted.</param>
internal readonly record struct ToyLife(int Series, long Born, long Died)
{
    public const int KeyBytes = 13;

    /// <summary>Whether a key is that of a death record.</summary>
    public static bool IsKey(ReadOnlySpan<byte> key) => key[0] == (byte)'d';

    public static ToyLife Read(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value) => new(
        BinaryPrimitives.ReadInt32LittleEndian(key[1..]),
        BinaryPrimitives.ReadInt64LittleEndian(value), BinaryPrimitives.ReadInt64LittleEndian(value[8..]));

    /// <summary>The key holds series and death: two deaths of one series are two records, for both may lie above the
    /// low-water offset.</summary>
    public Span<byte> Key(Span<byte> room, bool hasDeath)
    {
        room[0] = (byte)'d';
        BinaryPrimitives.WriteInt32LittleEndian(room[1..], Series);
        BinaryPrimitives.WriteInt64LittleEndian(room[5..], hasDeath ? Died : 0);
        return room[..KeyBytes];
    }

    public Span<byte> Value(Span<byte> room)
    {
        BinaryPrimitives.WriteInt64LittleEndian(room, Born);
        BinaryPrimitives.WriteInt64LittleEndian(room[8..], Died);
        return room[..16];
    }
}

using System.Buffers.Binary;
using Simulation.Schedules;

namespace Simulation.Toy;

/// <summary>What a task must know to start where another left off.</summary>
/// <param name="LowWater">Offset from which the log is replayed.</param>
/// <param name="Committed">Offset from which it is live.</param>
/// <param name="Snapshot">The task's snapshot at the low-water offset.</param>
/// <param name="Timeline">Adoptions that a step at or after the low-water offset may still need.</param>
internal sealed record ToyMarker(long LowWater, long Committed, ToySnapshot Snapshot, IReadOnlyList<Adoption> Timeline)
{
    private const int HeadBytes = 28;
    private const int AdoptionBytes = 20;

    public static ReadOnlySpan<byte> Key => "!"u8;

    public static ToyMarker Read(ReadOnlySpan<byte> bytes)
    {
        var timeline = new Adoption[(bytes.Length - HeadBytes) / AdoptionBytes];
        for (int i = 0; i < timeline.Length; i++)
        {
            ReadOnlySpan<byte> entry = bytes[(HeadBytes + (i * AdoptionBytes))..];
            timeline[i] = new(Long(entry), Long(entry[8..]), BinaryPrimitives.ReadInt32LittleEndian(entry[16..]));
        }

        return new(
            Long(bytes), Long(bytes[8..]),
            new(Long(bytes[16..]), BinaryPrimitives.ReadInt32LittleEndian(bytes[24..])), timeline);
    }

    /// <returns>The bytes written.</returns>
    public Span<byte> Write(Span<byte> room)
    {
        BinaryPrimitives.WriteInt64LittleEndian(room, LowWater);
        BinaryPrimitives.WriteInt64LittleEndian(room[8..], Committed);
        BinaryPrimitives.WriteInt64LittleEndian(room[16..], Snapshot.StreamTime);
        BinaryPrimitives.WriteInt32LittleEndian(room[24..], Snapshot.SeriesCount);
        int end = HeadBytes;
        foreach (Adoption adoption in Timeline)
        {
            BinaryPrimitives.WriteInt64LittleEndian(room[end..], adoption.Offset);
            BinaryPrimitives.WriteInt64LittleEndian(room[(end + 8)..], adoption.StreamTime);
            BinaryPrimitives.WriteInt32LittleEndian(room[(end + 16)..], adoption.Version);
            end += AdoptionBytes;
        }

        return room[..end];
    }

    private static long Long(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadInt64LittleEndian(bytes);
}

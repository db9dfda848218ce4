using System.Buffers.Binary;

namespace Simulation.Toy;

/// <summary>A record of the toy's input: a series, a time, a value; or something else, which is refused.</summary>
internal readonly record struct ToyRecord(int Series, long Time, long Value)
{
    public const int KeyBytes = 4;
    public const int ValueBytes = 16;

    public static bool TryRead(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, out ToyRecord record)
    {
        if (key.Length != KeyBytes || value.Length != ValueBytes)
        {
            record = default;
            return false;
        }

        record = new(
            BinaryPrimitives.ReadInt32LittleEndian(key), BinaryPrimitives.ReadInt64LittleEndian(value),
            BinaryPrimitives.ReadInt64LittleEndian(value[8..]));
        return true;
    }

    public void Write(Span<byte> key, Span<byte> value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(key, Series);
        BinaryPrimitives.WriteInt64LittleEndian(value, Time);
        BinaryPrimitives.WriteInt64LittleEndian(value[8..], Value);
    }
}

using System.Buffers.Binary;
using System.Text;

namespace Streaming.Daemon.Tests.Decoding;

/// <summary>A Protobuf message of fields in the order given, written the slow way.</summary>
internal static class ProtoText
{
    public static byte[] Message(IEnumerable<byte[]> fields) => [.. fields.SelectMany(field => field)];

    public static byte[] Bytes(int field, byte[] value) =>
        [.. Varint(((ulong)field << 3) | 2), .. Varint((ulong)value.Length), .. value];

    public static byte[] Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public static byte[] Integer(int field, ulong value) => [.. Varint((ulong)field << 3), .. Varint(value)];

    public static byte[] Fixed64(int field, ulong value)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return [.. Varint(((ulong)field << 3) | 1), .. bytes];
    }

    public static byte[] Real(int field, double value) => Fixed64(field, BitConverter.DoubleToUInt64Bits(value));

    public static byte[] Varint(ulong value)
    {
        var bytes = new List<byte>();
        for (; value > 0x7F; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        return [.. bytes, (byte)value];
    }
}

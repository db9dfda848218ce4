using System.Buffers.Binary;

namespace Streaming.Inference.Model;

/// <summary>Element types of safetensors that become floats here, little-endian.</summary>
internal static class TensorType
{
    /// <summary>Names in the order of error messages.</summary>
    public const string Supported = "F32, F64, F16 or BF16";

    /// <summary>Bytes of an element; zero for a type that is not supported.</summary>
    public static int Bytes(string type) => type switch
    {
        "F64" => 8,
        "F32" => 4,
        "F16" or "BF16" => 2,
        _ => 0,
    };

    /// <summary>The first element of <paramref name="source"/>, rounded to float.</summary>
    public static float Read(string type, ReadOnlySpan<byte> source) => type switch
    {
        "F64" => (float)BinaryPrimitives.ReadDoubleLittleEndian(source),
        "F32" => BinaryPrimitives.ReadSingleLittleEndian(source),
        "F16" => (float)BinaryPrimitives.ReadHalfLittleEndian(source),
        _ => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadInt16LittleEndian(source) << 16),
    };
}

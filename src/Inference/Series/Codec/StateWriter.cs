using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Streaming.Inference.Series.Codec;

/// <summary>Appends numbers to a buffer in their binary form, little-endian, without gaps.</summary>
/// <remarks>Equal state gives equal bytes: nothing uninitialized is ever written. Allocates only where the buffer
/// does.</remarks>
/// <param name="buffer">Receives the bytes.</param>
public readonly ref struct StateWriter(IBufferWriter<byte> buffer)
{
    /// <summary>Appends one number.</summary>
    public void Write<T>(T number)
        where T : unmanaged
    {
        int length = Unsafe.SizeOf<T>();
        MemoryMarshal.Write(buffer.GetSpan(length), in number);
        buffer.Advance(length);
    }

    /// <summary>Appends numbers, without their count.</summary>
    public void Write<T>(ReadOnlySpan<T> numbers)
        where T : unmanaged =>
        buffer.Write(MemoryMarshal.AsBytes(numbers));

    /// <summary>Appends a truth as one byte, 0 or 1.</summary>
    public void Write(bool flag) => Write((byte)(flag ? 1 : 0));
}

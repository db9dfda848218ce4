using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Streaming.Inference.Series.Codec;

/// <summary>Takes from bytes, in turn, the numbers that a <see cref="StateWriter"/> has written.</summary>
/// <param name="bytes">What was written.</param>
public ref struct StateReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> rest = bytes;

    /// <summary>Bytes that are left.</summary>
    public readonly int Left => rest.Length;

    /// <summary>Takes one number.</summary>
    /// <exception cref="InvalidDataException">Fewer bytes are left.</exception>
    public T Read<T>()
        where T : unmanaged =>
        MemoryMarshal.Read<T>(Take(Unsafe.SizeOf<T>()));

    /// <summary>Fills a span with numbers.</summary>
    /// <exception cref="InvalidDataException">Fewer bytes are left.</exception>
    public void Read<T>(Span<T> numbers)
        where T : unmanaged
    {
        Span<byte> target = MemoryMarshal.AsBytes(numbers);
        Take(target.Length).CopyTo(target);
    }

    /// <summary>Takes a truth.</summary>
    /// <exception cref="InvalidDataException">No byte is left, or it is neither 0 nor 1.</exception>
    public bool ReadFlag() => Read<byte>() switch
    {
        0 => false,
        1 => true,
        byte other => throw new InvalidDataException($"The state has {other} where 0 or 1 belongs."),
    };

    /// <summary>Takes a count.</summary>
    /// <param name="most">The largest that makes sense.</param>
    /// <exception cref="InvalidDataException">It is negative or larger.</exception>
    public int ReadCount(int most)
    {
        int count = Read<int>();
        return count >= 0 && count <= most ? count
            : throw new InvalidDataException($"The state counts {count} where at most {most} make sense.");
    }

    /// <summary>Takes bytes as they are; valid as long as those given.</summary>
    /// <exception cref="InvalidDataException">Fewer are left.</exception>
    public ReadOnlySpan<byte> Take(int length)
    {
        if (length > rest.Length)
        {
            throw new InvalidDataException($"The state ends {length - rest.Length} bytes early.");
        }

        ReadOnlySpan<byte> taken = rest[..length];
        rest = rest[length..];
        return taken;
    }

    /// <summary>Checks that nothing is left.</summary>
    /// <exception cref="InvalidDataException">Bytes are left.</exception>
    public readonly void End()
    {
        if (rest.Length > 0)
        {
            throw new InvalidDataException($"The state has {rest.Length} bytes too many.");
        }
    }
}

namespace Streaming.Inference.Kernels;

/// <summary>Zeroed floats at a fixed address on a 64-byte boundary, freed by the garbage collector.</summary>
/// <remarks>
/// Whoever holds <see cref="Pointer"/> keeps this object alive, by <c>GC.KeepAlive</c> after the last use.
/// </remarks>
internal sealed unsafe class AlignedBuffer
{
    /// <summary>Floats in a cache line, and in a block of units.</summary>
    public const int Line = 16;

    private readonly float[] pinned;

    public AlignedBuffer(int length)
    {
        pinned = GC.AllocateArray<float>(length + Line, pinned: true);
        Length = length;
        fixed (float* start = pinned)
        {
            Pointer = (float*)(((nuint)start + 63) & ~(nuint)63);
        }
    }

    /// <summary>First float, aligned to 64 bytes.</summary>
    public float* Pointer { get; }

    /// <summary>Usable floats.</summary>
    public int Length { get; }

    /// <summary>Memory taken, in bytes.</summary>
    public long Bytes => pinned.Length * (long)sizeof(float);

    public Span<float> Span => new(Pointer, Length);

    /// <summary>The least multiple of a cache line that holds <paramref name="length"/> floats.</summary>
    public static int Padded(int length) => (length + Line - 1) & ~(Line - 1);
}

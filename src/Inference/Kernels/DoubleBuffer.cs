namespace Streaming.Inference.Kernels;

/// <summary>Zeroed doubles at a fixed address on a 64-byte boundary, freed by the garbage collector.</summary>
/// <remarks>
/// Whoever holds <see cref="Pointer"/> keeps this object alive, by <c>GC.KeepAlive</c> after the last use.
/// </remarks>
internal sealed unsafe class DoubleBuffer
{
    /// <summary>Doubles in a cache line, and virtual lanes of every sum.</summary>
    public const int Line = 8;

    private readonly double[] pinned;

    public DoubleBuffer(int length)
    {
        pinned = GC.AllocateArray<double>(length + Line, pinned: true);
        Length = length;
        fixed (double* start = pinned)
        {
            Pointer = (double*)(((nuint)start + 63) & ~(nuint)63);
        }
    }

    /// <summary>First double, aligned to 64 bytes.</summary>
    public double* Pointer { get; }

    /// <summary>Usable doubles.</summary>
    public int Length { get; }

    public Span<double> Span => new(Pointer, Length);

    /// <summary>The least multiple of a cache line that holds <paramref name="length"/> doubles.</summary>
    public static int Padded(int length) => (length + Line - 1) & ~(Line - 1);
}

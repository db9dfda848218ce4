using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Streaming.Inference.Kernels;

/// <summary>Hints to the processor's cache. They change time, never a value.</summary>
internal static unsafe class Cache
{
    /// <summary>Asks for the line at an address; any address will do.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fetch(float* address)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(address);
        }
    }

    /// <summary>Asks for the first <paramref name="length"/> floats of each of some rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fetch(float** rows, int count, int length)
    {
        for (int i = 0; i < count; i++)
        {
            for (int k = 0; k < length; k += AlignedBuffer.Line)
            {
                Fetch(rows[i] + k);
            }
        }
    }
}

using System.Runtime.CompilerServices;

namespace Streaming.Inference.Kernels;

/// <summary>
/// Linear head: outputs = weights · features + bias, in one order of summation per number of outputs.
/// </summary>
/// <remarks>Few outputs are summed one by one, many lie in lanes. Neither order knows the vector's width.</remarks>
internal static unsafe class HeadKernel<V, O>
    where O : struct, IOps<V>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(in HeadStep step)
    {
        if (step.OutputCount <= HeadStep.MostDots)
        {
            HeadDots<V, O>.Run(step);
        }
        else
        {
            HeadLanes<V, O>.Run(step);
        }
    }
}

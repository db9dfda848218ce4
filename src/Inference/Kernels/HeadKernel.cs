using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Streaming.Inference.Kernels;

/// <summary>Linear head: outputs = weights · features + bias, in one order of summation per number of outputs.</summary>
/// <remarks>
/// Few outputs: 16 partial sums (k mod 16), folded 8-4-2-1, then the bias. Many: outputs in lanes, four partial sums
/// (k mod 4), (0 + 1) + (2 + 3), then the bias. Neither order knows the vector's width.
/// </remarks>
internal static unsafe class HeadKernel<V, O>
    where O : struct, IOps<V>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(in HeadStep step)
    {
        if (step.OutputCount <= HeadStep.MostDots)
        {
            Dots(step);
        }
        else
        {
            Lanes(step);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Dots(in HeadStep step)
    {
        float* weights = step.Weights;
        float* partial = stackalloc float[AlignedBuffer.Line];
        for (int output = 0; output < step.OutputCount; output++, weights += step.FeatureLength)
        {
            for (int lane = 0; lane < AlignedBuffer.Line; lane += O.Width)
            {
                V sum = O.Set(0f);
                for (nint k = lane; k < step.FeatureLength; k += AlignedBuffer.Line)
                {
                    sum = O.Fma(O.Load(weights + k), O.Load(step.Features + k), sum);
                }

                O.Store(sum, partial + lane);
            }

            step.Outputs[output] = Fold(partial) + step.Bias[output];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Lanes(in HeadStep step)
    {
        for (int output = 0; output < step.OutputCount; output += O.Width)
        {
            float* w = step.Weights
                + ((nint)(output / AlignedBuffer.Line) * step.FeatureLength * AlignedBuffer.Line)
                + (output % AlignedBuffer.Line);
            V s0 = O.Set(0f), s1 = s0, s2 = s0, s3 = s0;
            for (nint k = 0; k < step.FeatureLength; k += 4, w += 4 * AlignedBuffer.Line)
            {
                float* x = step.Features + k;
                s0 = O.Fma(O.Load(w), O.Set(x[0]), s0);
                s1 = O.Fma(O.Load(w + AlignedBuffer.Line), O.Set(x[1]), s1);
                s2 = O.Fma(O.Load(w + (2 * AlignedBuffer.Line)), O.Set(x[2]), s2);
                s3 = O.Fma(O.Load(w + (3 * AlignedBuffer.Line)), O.Set(x[3]), s3);
            }

            V sum = O.Add(O.Add(s0, s1), O.Add(s2, s3));
            O.Store(O.Add(sum, O.Load(step.Bias + output)), step.Outputs + output);
        }
    }

    /// <summary>Sum of 16 floats as a halving tree: j with j + 8, then + 4, + 2, + 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Fold(float* partial)
    {
        var low = Vector128.Load(partial) + Vector128.Load(partial + 8);
        var high = Vector128.Load(partial + 4) + Vector128.Load(partial + 12);
        var four = low + high;
        return (four[0] + four[2]) + (four[1] + four[3]);
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Streaming.Inference.Kernels;

/// <summary>
/// Linear head: outputs = weights · features + bias, in one order of summation per number of outputs.
/// </summary>
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
        float* skip = step.Skip;
        float* outputs = step.Outputs;
        for (int row = 0; row < step.Rows; row++)
        {
            for (int k = step.WholeSkip; k < step.SkipLength; k++)
            {
                step.Tail[k - step.WholeSkip] = skip[k];
            }

            float* hidden = step.States[row] + step.HiddenOffset;
            if (step.OutputCount <= HeadStep.MostDots)
            {
                Dots(step, hidden, skip, outputs);
            }
            else
            {
                Lanes(step, hidden, skip, outputs);
            }

            skip += step.SkipLength;
            outputs += step.OutputCount;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Dots(in HeadStep step, float* hidden, float* skip, float* outputs)
    {
        float* w = step.Weights;
        for (int output = 0; output < step.OutputCount; output++, w += step.FeatureLength)
        {
            float* partial = step.Row;
            for (int lane = 0; lane < AlignedBuffer.Line; lane += O.Width)
            {
                float* weight = w + lane;
                V sum = AddDots(O.Set(0f), weight, hidden + lane, step.HiddenLength);
                sum = AddDots(sum, weight + step.HiddenLength, skip + lane, step.WholeSkip);
                if (step.WholeSkip < step.SkipLength)
                {
                    weight += step.HiddenLength + step.WholeSkip;
                    sum = O.Fma(O.Load(weight), O.Load(step.Tail + lane), sum);
                }

                O.Store(sum, partial + lane);
            }

            outputs[output] = Fold(partial) + step.Bias[output];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V AddDots(V sum, float* w, float* x, nint length)
    {
        for (nint k = 0; k < length; k += AlignedBuffer.Line)
        {
            sum = O.Fma(O.Load(w + k), O.Load(x + k), sum);
        }

        return sum;
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Lanes(in HeadStep step, float* hidden, float* skip, float* outputs)
    {
        for (int output = 0; output < step.OutputCount; output += O.Width)
        {
            float* w = step.Weights
                + ((nint)(output / AlignedBuffer.Line) * step.FeatureLength * AlignedBuffer.Line)
                + (output % AlignedBuffer.Line);
            V s0 = O.Set(0f), s1 = s0, s2 = s0, s3 = s0;
            w = AddLanes(w, hidden, step.HiddenLength, ref s0, ref s1, ref s2, ref s3);
            w = AddLanes(w, skip, step.WholeSkip, ref s0, ref s1, ref s2, ref s3);
            int tail = step.WholeSkip < step.SkipLength ? AlignedBuffer.Line : 0;
            AddLanes(w, step.Tail, tail, ref s0, ref s1, ref s2, ref s3);
            V sum = O.Add(O.Add(s0, s1), O.Add(s2, s3));
            O.Store(O.Add(sum, O.Load(step.Bias + output)), step.Row + output);
        }

        for (int output = 0; output < step.OutputCount; output++)
        {
            outputs[output] = step.Row[output];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float* AddLanes(float* w, float* x, nint length, ref V s0, ref V s1, ref V s2, ref V s3)
    {
        for (nint k = 0; k < length; k += 4, w += 4 * AlignedBuffer.Line)
        {
            s0 = O.Fma(O.Load(w), O.Set(x[k]), s0);
            s1 = O.Fma(O.Load(w + AlignedBuffer.Line), O.Set(x[k + 1]), s1);
            s2 = O.Fma(O.Load(w + (2 * AlignedBuffer.Line)), O.Set(x[k + 2]), s2);
            s3 = O.Fma(O.Load(w + (3 * AlignedBuffer.Line)), O.Set(x[k + 3]), s3);
        }

        return w;
    }
}

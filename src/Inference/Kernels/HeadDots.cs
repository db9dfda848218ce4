using System.Runtime.CompilerServices;

namespace Streaming.Inference.Kernels;

/// <summary>
/// Head of few outputs, each a dot product: 16 partial sums (k mod 16), folded 8-4-2-1, then the bias.
/// </summary>
internal static unsafe class HeadDots<V, O>
    where O : struct, IOps<V>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(in HeadStep step)
    {
        nint hiddenLength = step.HiddenLength, wholeSkip = step.WholeSkip, tailLength = step.SkipLength - wholeSkip;
        nint featureLength = step.FeatureLength;
        float* skip = step.Skip, outputs = step.Outputs, tail = step.Tail, partial = step.Row;
        float* bias = step.Bias, end = bias + step.OutputCount;
        for (int row = 0; row < step.Rows; row++)
        {
            float* hidden = step.States[row] + step.HiddenOffset;
            HeadStep.CopyTail(skip + wholeSkip, tail, tailLength);
            float* w = step.Weights;
            for (float* b = bias; b < end; b++, w += featureLength, outputs++)
            {
                V sum = O.Set(0f);
                for (nint lane = 0; lane < AlignedBuffer.Line; lane += O.Width)
                {
                    float* weight = w + lane;
                    sum = Add(O.Set(0f), weight, hidden + lane, hiddenLength);
                    sum = Add(sum, weight + hiddenLength, skip + lane, wholeSkip);
                    sum = Add(sum, weight + hiddenLength + wholeSkip, tail + lane, tailLength);
                    O.Store(sum, partial + lane);
                }

                *outputs = O.Fold(partial, sum) + *b;
            }

            skip += wholeSkip + tailLength;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Add(V sum, float* w, float* x, nint length)
    {
        for (nint k = 0; k < length; k += AlignedBuffer.Line)
        {
            sum = O.Fma(O.Load(w + k), O.Load(x + k), sum);
        }

        return sum;
    }
}

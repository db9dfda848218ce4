using System.Runtime.CompilerServices;

namespace Streaming.Inference.Kernels;

/// <summary>
/// Head of many outputs, which lie in lanes: four partial sums (k mod 4), (0 + 1) + (2 + 3), then the bias.
/// </summary>
internal static unsafe class HeadLanes<V, O>
    where O : struct, IOps<V>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Run(in HeadStep step)
    {
        float* skip = step.Skip, outputs = step.Outputs;
        for (int row = 0; row < step.Rows; row++)
        {
            HeadStep.CopyTail(skip + step.WholeSkip, step.Tail, step.SkipLength - step.WholeSkip);
            Row(step, step.States[row] + step.HiddenOffset, skip, outputs);
            skip += step.SkipLength;
            outputs += step.OutputCount;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Row(in HeadStep step, float* hidden, float* skip, float* outputs)
    {
        for (int output = 0; output < step.OutputCount; output += O.Width)
        {
            float* w = step.Weights
                + ((nint)(output / AlignedBuffer.Line) * step.FeatureLength * AlignedBuffer.Line)
                + (output % AlignedBuffer.Line);
            V s0 = O.Set(0f), s1 = s0, s2 = s0, s3 = s0;
            w = Add(w, hidden, step.HiddenLength, ref s0, ref s1, ref s2, ref s3);
            w = Add(w, skip, step.WholeSkip, ref s0, ref s1, ref s2, ref s3);
            int tail = step.WholeSkip < step.SkipLength ? AlignedBuffer.Line : 0;
            Add(w, step.Tail, tail, ref s0, ref s1, ref s2, ref s3);
            V sum = O.Add(O.Add(s0, s1), O.Add(s2, s3));
            O.Store(O.Add(sum, O.Load(step.Bias + output)), step.Row + output);
        }

        for (int output = 0; output < step.OutputCount; output++)
        {
            outputs[output] = step.Row[output];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float* Add(float* w, float* x, nint length, ref V s0, ref V s1, ref V s2, ref V s3)
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

using System.Runtime.CompilerServices;
using Streaming.Training.Arithmetic;

namespace Streaming.Training.Optimization;

/// <summary>One Adam step over a flat buffer, in vectors of any width.</summary>
internal static unsafe class AdamKernel<V, O>
    where V : struct
    where O : struct, ILanes<V>
{
    /// <summary>Updates moments and parameters; the length is a multiple of 16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(float* parameters, float* gradient, float* mean, float* square, int length, AdamStep step)
    {
        V meanKept = O.Broadcast(step.MeanKept), meanTaken = O.Broadcast(step.MeanTaken);
        V squareKept = O.Broadcast(step.SquareKept), squareTaken = O.Broadcast(step.SquareTaken);
        V rate = O.Broadcast(step.Rate), floor = O.Broadcast(step.Floor);
        V correction = O.Broadcast(step.SquareCorrection);
        for (int n = 0; n < length; n += O.Count)
        {
            V g = O.Load(gradient + n);
            V m = O.Fma(meanKept, O.Load(mean + n), O.Multiply(meanTaken, g));
            V v = O.Fma(squareKept, O.Load(square + n), O.Multiply(O.Multiply(squareTaken, g), g));
            O.Store(m, mean + n);
            O.Store(v, square + n);
            V spread = O.Fma(O.SquareRoot(v), correction, floor);
            V move = O.Divide(O.Multiply(rate, m), spread);
            O.Store(O.Subtract(O.Load(parameters + n), move), parameters + n);
        }
    }
}

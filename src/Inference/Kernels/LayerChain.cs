using System.Runtime.CompilerServices;
using Streaming.Inference.Model;

namespace Streaming.Inference.Kernels;

/// <summary>All layers of a single series whose units fit one vector.</summary>
/// <remarks>
/// Alone, such a series waits for one sum after the other. So a layer's recurrent half is summed beside the layer
/// below, in the order of <see cref="LayerStep"/>: it changes no bit.
/// </remarks>
internal static unsafe class LayerChain<V, O>
    where O : struct, IOps<V>
{
    /// <param name="weights">Packed for this width.</param>
    /// <param name="inputs">Inputs of the series, [I].</param>
    /// <param name="state">Its row of states, [layer][h, c], rewritten.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Run(ModelWeights weights, float* inputs, float* state)
    {
        nint hidden = weights.Shape.Hidden, stride = weights.HiddenStride;
        float* w = weights.Layer(0);
        var sums = Gates<V, O>.Load(w);
        w = Add(w + Gates<V, O>.Length, inputs, weights.Shape.Inputs, ref sums);
        float* second = state; // of the bottom layer its own hidden state, above it that of the layer below
        for (int layer = 1; layer < weights.Shape.Layers; layer++)
        {
            float* next = weights.Layer(layer);
            float* above = state + (2 * stride);
            var nextSums = Gates<V, O>.Load(next);
            next += Gates<V, O>.Length;
            for (nint k = 0; k < hidden; k++, w += Gates<V, O>.Length, next += Gates<V, O>.Length)
            {
                sums.Add(Gates<V, O>.Load(w), O.Set(second[k]));
                nextSums.Add(Gates<V, O>.Load(next), O.Set(above[k]));
            }

            sums.Activate(state + stride, state);
            second = state;
            state = above;
            sums = nextSums;
            w = next;
        }

        Add(w, second, hidden, ref sums);
        sums.Activate(state + stride, state);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float* Add(float* w, float* x, nint length, ref Gates<V, O> sums)
    {
        for (nint k = 0; k < length; k++, w += Gates<V, O>.Length)
        {
            sums.Add(Gates<V, O>.Load(w), O.Set(x[k]));
        }

        return w;
    }
}

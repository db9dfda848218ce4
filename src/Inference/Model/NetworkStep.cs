using System.Runtime.CompilerServices;
using Streaming.Inference.Kernels;

namespace Streaming.Inference.Model;

/// <summary>Advances many series by one step of the network.</summary>
/// <remarks>
/// The result of a series is the same bits for every vector width, batch size and position in the batch. Source:
/// Hochreiter and Schmidhuber 1997; forget gate, Gers et al. 2000; equations and gate order of torch.nn.LSTM.
/// </remarks>
public static unsafe class NetworkStep
{
    /// <summary>Advances <paramref name="rows"/> of <paramref name="states"/> by one step.</summary>
    /// <param name="weights">Shared and immutable.</param>
    /// <param name="states">h and c of many series; those of <paramref name="rows"/> are rewritten.</param>
    /// <param name="rows">Rented rows, each at most once, [B]; any B, zero included.</param>
    /// <param name="inputs">Scaled inputs, [B, I], dimensionless.</param>
    /// <param name="skip">Inputs of the head's linear skip, [B, S].</param>
    /// <param name="outputs">Rewritten, [B, K].</param>
    /// <param name="scratch">The calling lane's own.</param>
    /// <exception cref="ArgumentException">A length or a shape disagrees, or a row is not rented.</exception>
    /// <remarks>
    /// Allocates nothing. NaN in a series' input makes its outputs and state NaN and touches no other series. A row
    /// given twice advances in an unspecified way.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(
        ModelWeights weights, StateTable states, ReadOnlySpan<int> rows, ReadOnlySpan<float> inputs,
        ReadOnlySpan<float> skip, Span<float> outputs, StepScratch scratch)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(states);
        ArgumentNullException.ThrowIfNull(scratch);
        ModelShape shape = weights.Shape;
        CheckShape(shape, states.Shape, nameof(states));
        CheckShape(shape, scratch.Shape, nameof(scratch));
        CheckLength(inputs.Length, rows.Length, shape.Inputs, nameof(inputs));
        CheckLength(skip.Length, rows.Length, shape.SkipInputs, nameof(skip));
        CheckLength(outputs.Length, rows.Length, shape.Outputs, nameof(outputs));
        states.CheckRented(rows);

        fixed (float* x = inputs, s = skip, y = outputs)
        {
            NetworkKernel.Run(new StepBatch(weights, states, scratch, x, s, y), rows);
        }

        GC.KeepAlive(weights);
        GC.KeepAlive(states);
        GC.KeepAlive(scratch);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CheckShape(ModelShape expected, ModelShape actual, string name)
    {
        if (!ReferenceEquals(expected, actual) && expected != actual)
        {
            ThrowShape(expected, actual, name);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CheckLength(int length, int count, int width, string name)
    {
        if (length != (long)count * width)
        {
            ThrowLength(length, count, width, name);
        }
    }

    // Messages are built apart: their locals would have to be zeroed in every step.
    private static void ThrowShape(ModelShape expected, ModelShape actual, string name) =>
        throw new ArgumentException($"Is for {actual}, the weights are for {expected}.", name);

    private static void ThrowLength(int length, int count, int width, string name) =>
        throw new ArgumentException(
            $"Has {length} floats, {count} rows of {width} need {(long)count * width}.", name);
}

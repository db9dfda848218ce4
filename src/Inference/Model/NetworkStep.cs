using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
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
            var batch = new Batch(weights, states, scratch, x, s, y);
            switch (weights.Form)
            {
                case VectorForm.Vector512:
                    Groups<Vector512<float>, Ops512>(batch, rows);
                    break;
                case VectorForm.Vector256:
                    Groups<Vector256<float>, Ops256>(batch, rows);
                    break;
                case VectorForm.Vector128:
                    Groups<Vector128<float>, Ops128>(batch, rows);
                    break;
                default:
                    Groups<float, OpsScalar>(batch, rows);
                    break;
            }
        }

        GC.KeepAlive(weights);
        GC.KeepAlive(states);
        GC.KeepAlive(scratch);
    }

    /// <summary>Steps group after group, fetching the states of the next one meanwhile.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Groups<V, O>(in Batch batch, ReadOnlySpan<int> rows)
        where O : struct, IOps<V>
    {
        StepScratch scratch = batch.Scratch;
        int count = Math.Min(scratch.MaxBatch, rows.Length);
        PointNext(batch, rows[..count]);
        if (rows.Length > 1)
        {
            Fetch(scratch.NextStates, count, batch.States.RowStride);
        }

        for (int start = 0; start < rows.Length;)
        {
            scratch.Advance();
            int next = Math.Min(scratch.MaxBatch, rows.Length - start - count);
            PointNext(batch, rows.Slice(start + count, next));
            Group<V, O>(batch, start, count, next);
            start += count;
            count = next;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PointNext(in Batch batch, ReadOnlySpan<int> rows)
    {
        float** next = batch.Scratch.NextStates;
        for (int i = 0; i < rows.Length; i++)
        {
            next[i] = batch.States.Row(rows[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Fetch(float** rows, int count, int length)
    {
        for (int i = 0; i < count; i++)
        {
            for (int k = 0; k < length; k += AlignedBuffer.Line)
            {
                Cache.Fetch(rows[i] + k);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Group<V, O>(in Batch batch, int start, int count, int next)
        where O : struct, IOps<V>
    {
        ModelWeights weights = batch.Weights;
        StepScratch scratch = batch.Scratch;
        ModelShape shape = weights.Shape;
        for (int i = 0; i < count; i++)
        {
            scratch.Inputs[i] = batch.Inputs + ((nint)(start + i) * shape.Inputs);
        }

        nint stride = weights.HiddenStride;
        var step = new LayerStep
        {
            Units = shape.Hidden,
            Rows = count,
            Second = scratch.States,
            SecondLength = shape.Hidden,
            States = scratch.States,
            NextStates = scratch.NextStates,
            NextRows = next,
            Scratch = scratch.Hidden,
        };
        for (int l = 0; l < shape.Layers; l++)
        {
            nint hidden = 2 * l * stride;
            step.Weights = weights.Layer(l);
            step.First = l == 0 ? scratch.Inputs : scratch.States;
            step.FirstOffset = hidden;
            step.FirstLength = l == 0 ? shape.Inputs : shape.Hidden;
            step.SecondOffset = l == 0 ? 0 : hidden - (2 * stride);
            step.HiddenOffset = hidden;
            step.CellOffset = hidden + stride;
            LstmKernel<V, O>.Run(ref step);
        }

        var head = new HeadStep
        {
            Weights = weights.HeadWeights,
            Bias = weights.HeadBias,
            Rows = count,
            States = scratch.States,
            HiddenOffset = step.HiddenOffset,
            HiddenLength = weights.HiddenStride,
            Skip = batch.Skip + ((nint)start * shape.SkipInputs),
            SkipLength = shape.SkipInputs,
            Tail = scratch.Tail,
            Row = scratch.Outputs,
            Outputs = batch.Outputs + ((nint)start * shape.Outputs),
            OutputCount = shape.Outputs,
        };
        HeadKernel<V, O>.Run(head);
    }

    /// <summary>What all groups of a call share.</summary>
    private readonly ref struct Batch(
        ModelWeights weights, StateTable states, StepScratch scratch, float* inputs, float* skip, float* outputs)
    {
        public readonly ModelWeights Weights = weights;
        public readonly StateTable States = states;
        public readonly StepScratch Scratch = scratch;
        public readonly float* Inputs = inputs;
        public readonly float* Skip = skip;
        public readonly float* Outputs = outputs;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CheckShape(ModelShape expected, ModelShape actual, string name)
    {
        if (!ReferenceEquals(expected, actual) && expected != actual)
        {
            Throw($"Is for {actual}, the weights are for {expected}.", name);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CheckLength(int length, int count, int width, string name)
    {
        if (length != (long)count * width)
        {
            Throw($"Has {length} floats, {count} rows of {width} need {(long)count * width}.", name);
        }
    }

    private static void Throw(string message, string name) => throw new ArgumentException(message, name);
}

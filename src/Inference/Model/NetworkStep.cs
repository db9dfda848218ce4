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
    public static void Run(
        ModelWeights weights, StateTable states, ReadOnlySpan<int> rows, ReadOnlySpan<float> inputs,
        ReadOnlySpan<float> skip, Span<float> outputs, StepScratch scratch) =>
        Run(VectorForms.Best, weights, states, rows, inputs, skip, outputs, scratch);

    /// <summary>The same in a chosen form, which must be supported.</summary>
    internal static void Run(
        VectorForm form, ModelWeights weights, StateTable states, ReadOnlySpan<int> rows, ReadOnlySpan<float> inputs,
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
        foreach (int row in rows)
        {
            states.CheckRented(row);
        }

        fixed (float* x = inputs, s = skip, y = outputs)
        {
            for (int start = 0; start < rows.Length; start += scratch.MaxBatch)
            {
                var group = rows.Slice(start, Math.Min(scratch.MaxBatch, rows.Length - start));
                Point(states, group, x + ((nint)start * shape.Inputs), scratch);
                float* groupSkip = s + ((nint)start * shape.SkipInputs);
                float* groupOutputs = y + ((nint)start * shape.Outputs);
                switch (form)
                {
                    case VectorForm.Vector512:
                        Group<Vector512<float>, Ops512>(weights, group.Length, groupSkip, groupOutputs, scratch);
                        break;
                    case VectorForm.Vector256:
                        Group<Vector256<float>, Ops256>(weights, group.Length, groupSkip, groupOutputs, scratch);
                        break;
                    case VectorForm.Vector128:
                        Group<Vector128<float>, Ops128>(weights, group.Length, groupSkip, groupOutputs, scratch);
                        break;
                    default:
                        Group<float, OpsScalar>(weights, group.Length, groupSkip, groupOutputs, scratch);
                        break;
                }
            }
        }

        GC.KeepAlive(weights);
        GC.KeepAlive(states);
        GC.KeepAlive(scratch);
    }

    private static void Point(StateTable states, ReadOnlySpan<int> rows, float* inputs, StepScratch scratch)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            scratch.States[i] = states.Row(rows[i]);
            scratch.Inputs[i] = inputs + ((nint)i * states.Shape.Inputs);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Group<V, O>(ModelWeights weights, int count, float* skip, float* outputs, StepScratch scratch)
        where O : struct, IOps<V>
    {
        ModelShape shape = weights.Shape;
        nint stride = weights.HiddenStride;
        var step = new LayerStep
        {
            Units = shape.Hidden,
            Rows = count,
            Second = scratch.States,
            SecondLength = shape.Hidden,
            States = scratch.States,
            Hidden = scratch.Hidden,
            HiddenStride = stride,
        };
        for (int l = 0; l < shape.Layers; l++)
        {
            nint hidden = 2 * l * stride;
            step.Weights = weights.Layer(l);
            step.First = l == 0 ? scratch.Inputs : scratch.States;
            step.FirstOffset = l == 0 ? 0 : hidden;
            step.FirstLength = l == 0 ? shape.Inputs : shape.Hidden;
            step.SecondOffset = l == 0 ? 0 : hidden - (2 * stride);
            step.CellOffset = hidden + stride;
            LstmKernel<V, O>.Run(step);
            for (int i = 0; i < count; i++)
            {
                Copy(scratch.Hidden + (i * stride), scratch.States[i] + hidden, stride);
            }
        }

        Head<V, O>(weights, count, skip, outputs, scratch);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Head<V, O>(ModelWeights weights, int count, float* skip, float* outputs, StepScratch scratch)
        where O : struct, IOps<V>
    {
        ModelShape shape = weights.Shape;
        nint stride = weights.HiddenStride;
        var step = new HeadStep
        {
            Weights = weights.HeadWeights,
            Bias = weights.HeadBias,
            Features = scratch.Features,
            FeatureLength = weights.FeatureLength,
            Outputs = scratch.Outputs,
            OutputCount = shape.Outputs,
        };
        for (int i = 0; i < count; i++)
        {
            Copy(scratch.Hidden + (i * stride), step.Features, stride);
            Copy(skip + ((nint)i * shape.SkipInputs), step.Features + stride, shape.SkipInputs);
            HeadKernel<V, O>.Run(step);
            Copy(step.Outputs, outputs + ((nint)i * shape.Outputs), shape.Outputs);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(float* source, float* target, nint length) =>
        Unsafe.CopyBlockUnaligned(target, source, (uint)(length * sizeof(float)));

    private static void CheckShape(ModelShape expected, ModelShape actual, string name)
    {
        if (expected != actual)
        {
            throw new ArgumentException($"Is for {actual}, the weights are for {expected}.", name);
        }
    }

    private static void CheckLength(int length, int count, int width, string name)
    {
        if (length != (long)count * width)
        {
            throw new ArgumentException($"Has {length} floats, {count} rows of {width} need {(long)count * width}.", name);
        }
    }
}

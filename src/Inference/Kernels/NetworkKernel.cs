using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Streaming.Inference.Model;

namespace Streaming.Inference.Kernels;

/// <summary>One step of all layers and the head, for groups of series that fit the cache together.</summary>
internal static unsafe class NetworkKernel
{
    /// <summary>Advances <paramref name="rows"/> in the vector form that the weights are packed for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(in StepBatch batch, ReadOnlySpan<int> rows)
    {
        switch (batch.Weights.Form)
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

    /// <summary>Steps group after group, fetching far states of the next one meanwhile.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Groups<V, O>(in StepBatch batch, ReadOnlySpan<int> rows)
        where O : struct, IOps<V>
    {
        StepScratch scratch = batch.Scratch;
        if (rows.Length == 1)
        {
            batch.States.Point(rows, scratch.States);
            Single<V, O>(batch);
            Head<V, O>(batch, 0, 1);
            return;
        }

        int count = Math.Min(scratch.MaxBatch, rows.Length);
        bool isFar = batch.States.IsFar && rows.Length > 1;
        batch.States.Point(rows[..count], scratch.NextStates);
        if (isFar)
        {
            Cache.Fetch(scratch.NextStates, count, batch.States.RowStride);
        }

        for (int start = 0; start < rows.Length;)
        {
            scratch.Advance();
            int next = Math.Min(scratch.MaxBatch, rows.Length - start - count);
            batch.States.Point(rows.Slice(start + count, next), scratch.NextStates);
            Layers<V, O>(batch, start, count, isFar ? next : 0);
            Head<V, O>(batch, start, count);
            start += count;
            count = next;
        }
    }

    /// <summary>Advances one series through all layers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Single<V, O>(in StepBatch batch)
        where O : struct, IOps<V>
    {
        if (batch.Weights.Shape.Hidden <= O.Width)
        {
            LayerChain<V, O>.Run(batch.Weights, batch.Inputs, batch.Scratch.States[0]);
        }
        else
        {
            Layers<V, O>(batch, 0, 1, 0);
        }
    }

    /// <summary>Advances a group through all layers, bottom up; above the first, each reads the one below.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Layers<V, O>(in StepBatch batch, int start, int count, int next)
        where O : struct, IOps<V>
    {
        ModelWeights weights = batch.Weights;
        StepScratch scratch = batch.Scratch;
        ModelShape shape = weights.Shape;
        float** inputs = scratch.Inputs;
        float* input = batch.Inputs + ((nint)start * shape.Inputs);
        for (int i = 0; i < count; i++, input += shape.Inputs)
        {
            inputs[i] = input;
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
            step.First = l == 0 ? inputs : scratch.States;
            step.FirstOffset = hidden;
            step.FirstLength = l == 0 ? shape.Inputs : shape.Hidden;
            step.SecondOffset = l == 0 ? 0 : hidden - (2 * stride);
            step.HiddenOffset = hidden;
            step.CellOffset = hidden + stride;
            LstmKernel<V, O>.Run(ref step);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Head<V, O>(in StepBatch batch, int start, int count)
        where O : struct, IOps<V>
    {
        ModelWeights weights = batch.Weights;
        StepScratch scratch = batch.Scratch;
        ModelShape shape = weights.Shape;
        var head = new HeadStep
        {
            Weights = weights.HeadWeights,
            Bias = weights.HeadBias,
            Rows = count,
            States = scratch.States,
            HiddenOffset = 2 * (nint)(shape.Layers - 1) * weights.HiddenStride,
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
}

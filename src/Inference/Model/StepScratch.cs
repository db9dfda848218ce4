using Streaming.Inference.Kernels;

namespace Streaming.Inference.Model;

/// <summary>Working memory of one lane's steps; holds nothing from one step to the next. Not thread-safe.</summary>
public sealed unsafe class StepScratch
{
    private readonly AlignedBuffer buffer;
    private readonly nint[] pointers;
    private readonly float** firstPointer;
    private readonly int hiddenFloats;
    private readonly int featureLength;

    /// <summary>Creates scratch for a shape.</summary>
    /// <param name="shape">Sizes of the network.</param>
    /// <param name="maxBatch">Series advanced together; larger batches are split.</param>
    public StepScratch(ModelShape shape, int maxBatch)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBatch, 1);
        Shape = shape;
        MaxBatch = Math.Min(maxBatch, MostBatch);
        hiddenFloats = MaxBatch * AlignedBuffer.Padded(shape.Hidden);
        featureLength = AlignedBuffer.Padded(shape.Hidden) + AlignedBuffer.Padded(shape.SkipInputs);
        buffer = new AlignedBuffer(hiddenFloats + featureLength + AlignedBuffer.Padded(shape.Outputs));
        pointers = GC.AllocateArray<nint>(2 * MaxBatch, pinned: true);
        fixed (nint* first = pointers)
        {
            firstPointer = (float**)first;
        }
    }

    /// <summary>Most series advanced together: past it, more of them only push each other out of the cache.</summary>
    public const int MostBatch = 1_024;

    /// <summary>Sizes of the network.</summary>
    public ModelShape Shape { get; }

    /// <summary>Series advanced together.</summary>
    public int MaxBatch { get; }

    /// <summary>New hidden states of a layer, [batch][padded H].</summary>
    internal float* Hidden => buffer.Pointer;

    /// <summary>What the head multiplies, for one series; the padding stays zero.</summary>
    internal float* Features => buffer.Pointer + hiddenFloats;

    /// <summary>Outputs of one series, padded.</summary>
    internal float* Outputs => Features + featureLength;

    /// <summary>Pointers to the inputs of each series.</summary>
    internal float** Inputs => firstPointer;

    /// <summary>Pointers to the state row of each series.</summary>
    internal float** States => firstPointer + MaxBatch;
}

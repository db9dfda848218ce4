using System.Runtime.CompilerServices;
using Streaming.Inference.Kernels;

namespace Streaming.Inference.Model;

/// <summary>Working memory of one lane's steps; holds nothing from one step to the next. Not thread-safe.</summary>
public sealed unsafe class StepScratch
{
    /// <summary>Most series advanced together: past it, more of them only push each other out of the cache.</summary>
    public const int MostBatch = 64;

    private readonly AlignedBuffer buffer;
    private readonly nint[] pointers;
    private readonly float** firstPointer;
    private readonly int hiddenFloats;

    /// <summary>Creates scratch for a shape.</summary>
    /// <param name="shape">Sizes of the network.</param>
    /// <param name="maxBatch">Series advanced together, limited to <see cref="MostBatch"/>; more are split.</param>
    public StepScratch(ModelShape shape, int maxBatch)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBatch, 1);
        Shape = shape;
        MaxBatch = Math.Min(maxBatch, MostBatch);
        int hidden = AlignedBuffer.Padded(shape.Hidden);
        hiddenFloats = MaxBatch * hidden;
        buffer = new AlignedBuffer(hiddenFloats + AlignedBuffer.Line + AlignedBuffer.Padded(shape.Outputs));
        pointers = GC.AllocateArray<nint>(4 * MaxBatch, pinned: true);
        fixed (nint* first = pointers)
        {
            firstPointer = (float**)first;
        }

        States = firstPointer + (2 * MaxBatch);
        NextStates = States + MaxBatch;
        for (int i = 0; i < MaxBatch; i++)
        {
            Hidden[i] = buffer.Pointer + (i * hidden);
        }
    }

    /// <summary>Sizes of the network.</summary>
    public ModelShape Shape { get; }

    /// <summary>Series advanced together.</summary>
    public int MaxBatch { get; }

    /// <summary>Per series, a row of padded units for a layer's new hidden state.</summary>
    internal float** Hidden => firstPointer;

    /// <summary>Per series, its inputs.</summary>
    internal float** Inputs => firstPointer + MaxBatch;

    /// <summary>Per series, its state row.</summary>
    internal float** States { get; private set; }

    /// <summary>Per series of the next group, its state row.</summary>
    internal float** NextStates { get; private set; }

    /// <summary>The last, partial vector of a series' skip inputs; its padding stays zero.</summary>
    internal float* Tail => buffer.Pointer + hiddenFloats;

    /// <summary>Outputs of one series, padded.</summary>
    internal float* Outputs => Tail + AlignedBuffer.Line;

    /// <summary>Makes the next group the current one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Advance()
    {
        float** states = States;
        States = NextStates;
        NextStates = states;
    }
}

using System.Runtime.CompilerServices;

namespace Streaming.Inference.Kernels;

/// <summary>One layer's step of a group of series: everything a kernel reads and writes.</summary>
/// <remarks>
/// Pre-activation of a unit: bias, then first · its weights, then second · its weights, each k in order with fused
/// multiply-add in one accumulator. Rows are pointers because series lie scattered.
/// </remarks>
internal unsafe struct LayerStep
{
    /// <summary>
    /// [block of a vector's units][bias, then k over first, then k over second][gate i, f, g, o][unit].
    /// </summary>
    public float* Weights;

    /// <summary>Hidden units; the last block may be partly padding.</summary>
    public int Units;

    /// <summary>Series in the group.</summary>
    public int Rows;

    /// <summary>Per series, the vector multiplied first, at <see cref="FirstOffset"/> floats.</summary>
    public float** First;

    public nint FirstOffset;

    public int FirstLength;

    /// <summary>Per series, the vector multiplied second, at <see cref="SecondOffset"/> floats.</summary>
    public float** Second;

    public nint SecondOffset;

    public int SecondLength;

    /// <summary>Per series, its state row.</summary>
    public float** States;

    /// <summary>
    /// Per series of the group after this one, its state row, to be fetched into the cache meanwhile.
    /// </summary>
    public float** NextStates;

    public int NextRows;

    /// <summary>Where this layer's hidden state lies in a row; its cell state follows.</summary>
    public nint HiddenOffset;

    public nint CellOffset;

    /// <summary>Per series, a row of padded units in the scratch for the new hidden state.</summary>
    public float** Scratch;

    /// <summary>Where a single series' new hidden state goes: the state itself or the scratch.</summary>
    public float** Targets;

    public nint TargetOffset;

    /// <summary>Packed weights of a vector of units: bias first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly float* WeightsOf(int unit) =>
        Weights + ((nint)unit * 4 * (1 + FirstLength + SecondLength));
}

using System.Runtime.CompilerServices;

namespace Streaming.Inference.Kernels;

/// <summary>The linear head of a group of series: everything a kernel reads and writes.</summary>
/// <remarks>The features of a series are its hidden state and its skip inputs, each padded to 16 with zeros.</remarks>
internal unsafe struct HeadStep
{
    /// <summary>Most outputs that are summed one by one; more of them lie in lanes.</summary>
    public const int MostDots = 4;

    /// <summary>
    /// Up to <see cref="MostDots"/> outputs: [output][features]. More: [block of 16 outputs][features][16].
    /// </summary>
    public float* Weights;

    /// <summary>Bias, [outputs padded to 16].</summary>
    public float* Bias;

    /// <summary>Series in the group.</summary>
    public int Rows;

    /// <summary>Per series, its state row.</summary>
    public float** States;

    /// <summary>Where the top layer's hidden state lies in a row.</summary>
    public nint HiddenOffset;

    /// <summary>Padded units.</summary>
    public int HiddenLength;

    /// <summary>Skip inputs, [rows][<see cref="SkipLength"/>], not padded.</summary>
    public float* Skip;

    public int SkipLength;

    /// <summary>16 floats for the last, partial vector of skip inputs; those past it are zero and stay so.</summary>
    public float* Tail;

    /// <summary>Outputs of one series, padded to 16: room for whole vectors.</summary>
    public float* Row;

    /// <summary>Result, [rows][<see cref="OutputCount"/>].</summary>
    public float* Outputs;

    public int OutputCount;

    /// <summary>Skip inputs that fill whole vectors of 16.</summary>
    public readonly int WholeSkip => SkipLength & ~(AlignedBuffer.Line - 1);

    /// <summary>Padded hidden state plus padded skip inputs.</summary>
    public readonly int FeatureLength => HiddenLength + AlignedBuffer.Padded(SkipLength);

    /// <summary>Copies the last, partial vector of a series' skip inputs to where its padding is zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void CopyTail(float* skip, float* tail, nint length)
    {
        for (nint k = 0; k < length; k++)
        {
            tail[k] = skip[k];
        }
    }
}

namespace Streaming.Inference.Kernels;

/// <summary>The linear head of one series: everything a kernel reads and writes.</summary>
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

    /// <summary>Hidden state and skip inputs, each padded to 16 with zeros.</summary>
    public float* Features;

    /// <summary>Length of <see cref="Features"/>, a multiple of 16.</summary>
    public int FeatureLength;

    /// <summary>Result, [outputs padded to 16], aligned to 64 bytes.</summary>
    public float* Outputs;

    public int OutputCount;
}

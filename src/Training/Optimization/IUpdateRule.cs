using Streaming.Inference.Kernels;

namespace Streaming.Training.Optimization;

/// <summary>The formula by which one vector of parameters follows its gradient.</summary>
internal unsafe interface IUpdateRule
{
    /// <summary>Updates a vector of parameters and its two moments; a rule may leave moments alone.</summary>
    public void Update<V, O>(float* parameters, float* gradient, float* first, float* second)
        where V : struct
        where O : struct, IOps<V>;
}

using Streaming.Inference.Model;

namespace Streaming.Inference.Kernels;

/// <summary>What all groups of one call share.</summary>
internal readonly unsafe ref struct StepBatch(
    ModelWeights weights, StateTable states, StepScratch scratch, float* inputs, float* skip, float* outputs)
{
    public readonly ModelWeights Weights = weights;
    public readonly StateTable States = states;
    public readonly StepScratch Scratch = scratch;
    public readonly float* Inputs = inputs;
    public readonly float* Skip = skip;
    public readonly float* Outputs = outputs;
}

using Streaming.Inference.Model;
using Streaming.Training.Optimization;

namespace Streaming.Training.FineTuning;

/// <summary>A chunk trainer between two batches.</summary>
/// <param name="Parameters">Weights.</param>
/// <param name="Optimizer">What the optimizer remembers.</param>
/// <param name="Updates">Updates since the run began: the place in the schedule.</param>
/// <param name="Passes">Forward passes made: the place in the sequence of dropout.</param>
internal sealed record ChunkTrainerState(ModelParameters Parameters, OptimizerState Optimizer, int Updates, int Passes);

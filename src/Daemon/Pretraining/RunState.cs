using Streaming.Training.Pretraining;

namespace Streaming.Daemon.Pretraining;

/// <summary>A run between two batches: all that going on needs, and what has been shown so far.</summary>
/// <param name="Facts">What the run is made of, see <see cref="RunFacts"/>.</param>
/// <param name="Epochs">Reports so far, the network before training first.</param>
/// <param name="Trainer">The trainer.</param>
internal sealed record RunState(
    IReadOnlyDictionary<string, string> Facts, IReadOnlyList<EpochReport> Epochs, TrainerState Trainer);

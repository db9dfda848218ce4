namespace Streaming.Training.Pretraining;

/// <summary>One epoch in numbers.</summary>
/// <param name="Epoch">1 for the first; 0 for the network before training.</param>
/// <param name="Updates">Updates so far.</param>
/// <param name="TrainLoss">Mean over the epoch's updates, each before it was made; NaN before training.</param>
/// <param name="ValidationLoss">Mean over series on their tails; NaN without labels there.</param>
/// <param name="LearningRate">Step size of the last update.</param>
/// <param name="GradientNorm">Mean norm over the epoch's updates, before clipping.</param>
/// <param name="IsBest">Whether these weights are the best so far.</param>
public readonly record struct EpochReport(
    int Epoch,
    int Updates,
    double TrainLoss,
    double ValidationLoss,
    double LearningRate,
    double GradientNorm,
    bool IsBest);

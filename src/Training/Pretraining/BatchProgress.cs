namespace Streaming.Training.Pretraining;

/// <summary>How far an epoch has come.</summary>
/// <param name="Epoch">1 for the first.</param>
/// <param name="Batches">Batches done.</param>
/// <param name="EpochBatches">Batches of the epoch.</param>
/// <param name="TrainLoss">Mean over the epoch's updates so far; NaN before the first.</param>
public readonly record struct BatchProgress(int Epoch, int Batches, int EpochBatches, double TrainLoss);

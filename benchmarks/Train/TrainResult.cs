namespace Benchmarks.Train;

/// <summary>One line of the benchmark.</summary>
/// <param name="Hidden">Units of each of the two layers.</param>
/// <param name="Threads">Threads that share a batch.</param>
/// <param name="MsPerBatch">Forward, loss, backward, clip and Adam for one batch.</param>
/// <param name="PeakShare">Multiply-adds of the products over the threads' limit, measured in the same rounds.</param>
internal sealed record TrainResult(int Hidden, int Threads, double MsPerBatch, double PeakShare);

namespace Streaming.Training.Tests.Golden;

/// <summary>What torch did with one optimizer: loss and gradient norm before each update, parameters after the last.
/// </summary>
internal sealed record TorchRun(double[] Losses, double[] Norms, float[] Final);

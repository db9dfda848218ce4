namespace Streaming.Training.Optimization;

/// <summary>What an optimizer remembers.</summary>
/// <param name="First">First moments, in the torch layout.</param>
/// <param name="Second">Second moments, in the torch layout.</param>
/// <param name="MeanPower">β₁ to the power of the updates made.</param>
/// <param name="SquarePower">β₂ to the power of the updates made.</param>
internal sealed record OptimizerState(float[] First, float[] Second, double MeanPower, double SquarePower);

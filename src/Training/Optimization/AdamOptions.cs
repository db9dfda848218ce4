namespace Streaming.Training.Optimization;

/// <summary>Settings of Adam; defaults as published.</summary>
public sealed record AdamOptions
{
    /// <summary>Decay of the mean of gradients, β₁. Default 0.9.</summary>
    public double MeanDecay { get; init; } = 0.9;

    /// <summary>Decay of the mean of squared gradients, β₂. Default 0.999.</summary>
    public double SquareDecay { get; init; } = 0.999;

    /// <summary>Keeps the step finite where gradients vanish, ε. Default 1e-8.</summary>
    public double Floor { get; init; } = 1e-8;
}

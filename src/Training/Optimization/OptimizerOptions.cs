namespace Streaming.Training.Optimization;

/// <summary>Settings of an optimizer; defaults as published, formulas as torch.optim has them.</summary>
public sealed record OptimizerOptions
{
    /// <summary>Which one. Default Adam.</summary>
    public OptimizerKind Kind { get; init; } = OptimizerKind.Adam;

    /// <summary>Adam: decay of the mean of gradients, β₁. Default 0.9.</summary>
    public double MeanDecay { get; init; } = 0.9;

    /// <summary>Adam and RMSProp: decay of the mean of squared gradients, β₂ or α. Default 0.999.</summary>
    public double SquareDecay { get; init; } = 0.999;

    /// <summary>Adam and RMSProp: keeps the step finite where gradients vanish, ε. Default 1e-8.</summary>
    public double Floor { get; init; } = 1e-8;

    /// <summary>SGD: share of the last step that goes on. Default 0.9.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>AdamW: share of the step size by which weights, not biases, shrink at each update. Default
    /// 0.01.</summary>
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>Whether each setting is within its bounds.</summary>
    internal bool IsValid() =>
        Enum.IsDefined(Kind) && MeanDecay is >= 0 and < 1 && SquareDecay is >= 0 and < 1 && Floor > 0
        && Momentum is >= 0 and < 1 && WeightDecay is >= 0 and < 1;
}

namespace Streaming.Inference.Experts;

/// <summary>Settings of recursive least squares; the same defaults for every series.</summary>
internal sealed record LeastSquaresOptions
{
    /// <summary>Weight of a label relative to the one after it, in (0, 1]. Default 0.9999.</summary>
    public double Forgetting { get; init; } = 0.9999;

    /// <summary>Variance of each weight before the first label: the smaller, the longer forecasts stay at zero.
    /// Default 0.01.</summary>
    public double PriorVariance { get; init; } = 0.01;

    /// <summary>Variance of a weight, on average, past which nothing is forgotten. Default 1e3.</summary>
    public double MostVariance { get; init; } = 1e3;

    /// <summary>Largest innovation that teaches in full, in running mean absolute innovations. Default 5.</summary>
    public double InnovationLimit { get; init; } = 5;
}

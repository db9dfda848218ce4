namespace Streaming.Inference.Experts;

/// <summary>Settings of a mixture of experts; the same defaults for every series.</summary>
/// <remarks>Chosen on the parts of the benchmark files before their scores begin: docs/benchmarks/experts.md.</remarks>
internal sealed record ExpertMixtureOptions
{
    /// <summary>Discount of losses, a step: of a mixture that follows changes, and of one that averages long.</summary>
    public (double Fast, double Slow) Discounts { get; init; } = (0.98, 0.999);

    /// <summary>How much weight an expert loses by a loss above the least, relative to it. Default 15.</summary>
    public double Sharpness { get; init; } = 15;

    /// <summary>The same between the mixtures themselves. Default 20.</summary>
    public double MixtureSharpness { get; init; } = 20;

    /// <summary>Forecasts of a horizon that must have been scored before an expert speaks there. Default 24.</summary>
    public int ScoresToWake { get; init; } = 24;

    /// <summary>Scores that a learner's loss is held back by: after n of them it counts 1 + this/n fold. Default 12.
    /// </summary>
    public double LearnerHandicap { get; init; } = 12;

    /// <summary>Errors in units of scale past which they count no more. Default 10.</summary>
    public double ErrorLimit { get; init; } = 10;

    /// <summary>The same in running sizes of the mixture's error at the horizon. Default 20: less of it
    /// takes true extremes for glitches.</summary>
    public double ErrorLimitInSizes { get; init; } = 20;
}

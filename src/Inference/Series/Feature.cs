namespace Streaming.Inference.Series;

/// <summary>One input of the network.</summary>
/// <param name="Name">As configurations and model files write it.</param>
/// <param name="Kind">What it tells.</param>
/// <param name="Steps">Its lag, or the values that it is made of, in steps; 0 where it has none.</param>
internal readonly record struct Feature(string Name, FeatureKind Kind, int Steps)
{
    /// <summary>The covariate that it tells of; null where it tells of none.</summary>
    public string? Covariate => Kind is FeatureKind.Covariate or FeatureKind.CovariateHeld
        ? Name[(Name.IndexOf(':', StringComparison.Ordinal) + 1)..]
        : null;

    /// <summary>Whether it is made of the last values, as one number.</summary>
    public bool IsRolling => Kind is FeatureKind.Mean or FeatureKind.Spread or FeatureKind.Least or FeatureKind.Largest;

    /// <summary>Values that a window must hold for it, the newest one included.</summary>
    public int WindowSteps => Kind == FeatureKind.Lag ? Steps + 1 : Steps;
}

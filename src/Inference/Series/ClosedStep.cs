namespace Streaming.Inference.Series;

/// <summary>A step whose bucket has closed.</summary>
/// <param name="Index">Number of the step: see <see cref="SeriesProfile.IndexOf"/>.</param>
/// <param name="Value">Aggregate of its values, in the series' unit.</param>
public readonly record struct ClosedStep(long Index, double Value);

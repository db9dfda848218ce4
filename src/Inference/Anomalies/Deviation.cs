namespace Streaming.Inference.Anomalies;

/// <summary>A value beside what was expected of it.</summary>
/// <param name="Value">In the series' unit.</param>
/// <param name="Scale">The series' scale before it, in the same.</param>
/// <param name="Error">Actual − forecast of the shortest horizon, in units of the scale it was forecast at; NaN: none.
/// </param>
/// <param name="FarError">By how much it lies past all that was forecast of it long before, in the series' unit; NaN:
/// nothing was.</param>
/// <param name="GapSteps">Steps without a value just before it.</param>
/// <param name="TimeOfSeason">Share of the season that has passed, in [0, 1); NaN where no season is known.</param>
internal readonly record struct Deviation(
    double Value, double Scale, double Error, double FarError, long GapSteps, double TimeOfSeason);

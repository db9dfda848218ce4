namespace Streaming.Inference.Series;

/// <summary>The next value within a gap, from what lies around it: one rule for service and training.</summary>
internal static class GapValue
{
    /// <summary>On the straight line from the value before to the one that ends the gap.</summary>
    /// <param name="before">Value of the step before, in the series' unit.</param>
    /// <param name="end">Value that ends the gap, in the same.</param>
    /// <param name="stepsToEnd">Steps from the one before to the one that ends the gap, at least 2.</param>
    public static double OnLine(double before, double end, int stepsToEnd) => before + ((end - before) / stepsToEnd);

    /// <summary>Moves on from the value before as the series did a season ago.</summary>
    /// <param name="before">Value of the step before, in the series' unit.</param>
    /// <param name="seasonAgo">Value a season before the step that is missing.</param>
    /// <param name="beforeSeasonAgo">Value a season before the step before.</param>
    public static double OfSeason(double before, double seasonAgo, double beforeSeasonAgo) =>
        before + (seasonAgo - beforeSeasonAgo);
}

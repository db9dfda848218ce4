using Streaming.Inference.Series;

namespace Streaming.Training.Preparation;

/// <summary>Fills gaps in a regular series as service does, with its rule: <see cref="GapValue"/>.</summary>
internal static class GapFill
{
    /// <summary>Rewrites the values that are missing.</summary>
    /// <param name="values">Values, [T]; the first is present.</param>
    /// <param name="isMissing">Which of them are missing, [T].</param>
    /// <param name="kind">What stands in.</param>
    /// <param name="seasonSteps">Season in steps; 0 where none is known.</param>
    public static void Fill(Span<double> values, ReadOnlySpan<bool> isMissing, FillKind kind, int seasonSteps)
    {
        for (int t = 1, end = 1; t < values.Length; t++)
        {
            if (!isMissing[t])
            {
                continue;
            }

            for (end = Math.Max(end, t); end < values.Length && isMissing[end]; end++)
            {
            }

            values[t] = kind switch
            {
                FillKind.Linear when end < values.Length => GapValue.OnLine(values[t - 1], values[end], end - t + 1),
                FillKind.Seasonal when seasonSteps > 0 && t > seasonSteps =>
                    GapValue.OfSeason(values[t - 1], values[t - seasonSteps], values[t - 1 - seasonSteps]),
                _ => values[t - 1],
            };
        }
    }
}

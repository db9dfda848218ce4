namespace Streaming.Training.Preparation;

/// <summary>Fills gaps in a regular series.</summary>
internal static class GapFill
{
    /// <summary>Rewrites the values that are missing.</summary>
    /// <param name="values">Values, [T]; the first is present.</param>
    /// <param name="isMissing">Which of them are missing, [T].</param>
    /// <param name="kind">What stands in.</param>
    /// <param name="seasonSteps">Season in steps; 0 where none is known.</param>
    public static void Fill(Span<double> values, ReadOnlySpan<bool> isMissing, FillKind kind, int seasonSteps)
    {
        for (int start = 1; start < values.Length; start++)
        {
            if (!isMissing[start])
            {
                continue;
            }

            int end = start;
            while (end < values.Length && isMissing[end])
            {
                end++;
            }

            FillOne(values, start, end, kind, seasonSteps);
            start = end;
        }
    }

    /// <summary>Fills [start, end); what is past the end is present or does not exist.</summary>
    private static void FillOne(Span<double> values, int start, int end, FillKind kind, int season)
    {
        double last = values[start - 1];
        bool hasNext = end < values.Length, hasSeason = season > 0 && start - 1 - season >= 0;
        for (int t = start; t < end; t++)
        {
            values[t] = kind switch
            {
                FillKind.Linear when hasNext =>
                    last + ((values[end] - last) * (t - start + 1) / (end - start + 1)),
                FillKind.Seasonal when hasSeason => values[t - season] + (last - values[start - 1 - season]),
                _ => last,
            };
        }
    }
}

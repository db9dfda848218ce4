using Streaming.Inference.Series;

namespace Streaming.Inference.Experts;

/// <summary>The seasons that seasonal naives are tried with, and what they forecast.</summary>
internal static class NaiveExperts
{
    /// <summary>Calendar seasons of a step in steps, ascending: an hour, a day, a week, and the profile's own.
    /// </summary>
    /// <param name="stepTicks">Length of a step; zero in event mode, where the calendar says nothing.</param>
    /// <param name="seasonSteps">The profile's season; zero where none is known.</param>
    /// <param name="windowSteps">Steps kept: longer seasons are left out.</param>
    public static int[] SeasonsOf(long stepTicks, int seasonSteps, int windowSteps)
    {
        long[] spans = [TimeSpan.TicksPerHour, TimeSpan.TicksPerDay, 7 * TimeSpan.TicksPerDay];
        IEnumerable<int> calendar = spans.Where(span => stepTicks > 0 && span % stepTicks == 0)
            .Select(span => (int)Math.Min(span / stepTicks, int.MaxValue));
        return [.. calendar.Append(seasonSteps).Where(season => season > 1 && season < windowSteps).Distinct().Order()];
    }

    /// <summary>The value a whole number of seasons before the target; NaN while less than a season has been seen.
    /// </summary>
    /// <param name="window">Values up to the origin.</param>
    /// <param name="seasonSteps">Season; zero for none.</param>
    /// <param name="horizonSteps">Horizon.</param>
    public static double Seasonal(Window window, int seasonSteps, int horizonSteps)
    {
        if (seasonSteps == 0 || window.Count <= seasonSteps)
        {
            return double.NaN;
        }

        int stepsAgo = ((horizonSteps + seasonSteps - 1) / seasonSteps * seasonSteps) - horizonSteps;
        return window.Ago(stepsAgo);
    }
}

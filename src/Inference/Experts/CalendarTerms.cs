using Streaming.Inference.Series;

namespace Streaming.Inference.Experts;

/// <summary>The calendar as linear experts see it: sines and cosines of day and week and of their fractions.</summary>
internal static class CalendarTerms
{
    private const int DayTerms = 3;
    private const int WeekTerms = 2;

    /// <summary>Terms in all.</summary>
    public const int Count = 2 * (DayTerms + WeekTerms);

    /// <summary>Writes the terms of a moment.</summary>
    /// <param name="timeTicks">On the series' own clocks.</param>
    /// <param name="terms">Receives them, [<see cref="Count"/>].</param>
    public static void Write(long timeTicks, Span<double> terms)
    {
        Write((double)(timeTicks % TimeSpan.TicksPerDay) / TimeSpan.TicksPerDay, terms[..(2 * DayTerms)]);
        const long Week = 7 * TimeSpan.TicksPerDay; // tick 0 is a Monday
        Write((double)(timeTicks % Week) / Week, terms[(2 * DayTerms)..Count]);
    }

    private static void Write(double turns, Span<double> terms)
    {
        for (int n = 0; n < terms.Length; n += 2)
        {
            double turned = turns * ((n / 2) + 1);
            terms[n] = Calendar.SineOfTurns(turned);
            terms[n + 1] = Calendar.SineOfTurns(turned + 0.25);
        }
    }
}

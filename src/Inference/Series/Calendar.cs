namespace Streaming.Inference.Series;

/// <summary>Place of a moment in its hour, day, week and year, as points on a circle.</summary>
/// <remarks>
/// Sine and cosine are a Taylor polynomial in plain double arithmetic (largest error 6e-8): libm's differ between
/// platforms, and no forecast may. Times are ticks on the series' own clocks.
/// </remarks>
internal static class Calendar
{
    private const double TwoPi = 6.283185307179586;
    private const long TicksPerWeek = 7 * TimeSpan.TicksPerDay;

    /// <summary>Turns since the hour began, in [0, 1).</summary>
    public static double OfHour(long timeTicks) => (double)(timeTicks % TimeSpan.TicksPerHour) / TimeSpan.TicksPerHour;

    /// <summary>Turns since the day began.</summary>
    public static double OfDay(long timeTicks) => (double)(timeTicks % TimeSpan.TicksPerDay) / TimeSpan.TicksPerDay;

    /// <summary>Turns since Monday began, as tick 0 did.</summary>
    public static double OfWeek(long timeTicks) => (double)(timeTicks % TicksPerWeek) / TicksPerWeek;

    /// <summary>Turns since the year began, each month a twelfth.</summary>
    public static double OfYear(long timeTicks)
    {
        var time = new DateTime(timeTicks);
        double days = time.Day - 1 + OfDay(timeTicks);
        return (time.Month - 1 + (days / DateTime.DaysInMonth(time.Year, time.Month))) / 12;
    }

    /// <summary>Sine of a number of turns, 0 or more.</summary>
    public static float Sine(double turns) => (float)SineOfTurns(turns);

    /// <summary>Cosine of a number of turns, 0 or more.</summary>
    public static float Cosine(double turns) => (float)SineOfTurns(turns + 0.25);

    /// <summary>Sine of a number of turns, 0 or more.</summary>
    internal static double SineOfTurns(double turns)
    {
        double t = turns - Math.Floor(turns);
        double folded = t <= 0.25 ? t : t <= 0.75 ? 0.5 - t : t - 1; // the same sine, within a quarter turn
        double x = TwoPi * folded;
        double square = x * x;
        return x * (1 + (square * ((-1.0 / 6) + (square * ((1.0 / 120) + (square * ((-1.0 / 5_040)
            + (square * ((1.0 / 362_880) + (square * (-1.0 / 39_916_800)))))))))));
    }
}

namespace Streaming.Inference.Series;

/// <summary>Position of a moment in its day and week, as points on a circle.</summary>
/// <remarks>
/// Sine and cosine are a Taylor polynomial in plain double arithmetic (largest error 6e-8): libm's differ between
/// platforms, and no forecast may.
/// </remarks>
internal static class Calendar
{
    private const double TwoPi = 6.283185307179586;

    /// <summary>Writes sine and cosine of the time of day, then of the day of the week.</summary>
    /// <param name="timeTicks">On the series' own clocks.</param>
    /// <param name="destination">Receives the four.</param>
    public static void Write(long timeTicks, Span<float> destination)
    {
        Write((double)(timeTicks % TimeSpan.TicksPerDay) / TimeSpan.TicksPerDay, destination);
        const long week = 7 * TimeSpan.TicksPerDay; // tick 0 is a Monday
        Write((double)(timeTicks % week) / week, destination[2..]);
    }

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

    private static void Write(double turns, Span<float> destination)
    {
        destination[0] = (float)SineOfTurns(turns);
        destination[1] = (float)SineOfTurns(turns + 0.25);
    }
}

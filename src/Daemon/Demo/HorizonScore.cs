namespace Streaming.Daemon.Demo;

/// <summary>Sums of one series at one horizon; errors are absolute, in the series' unit.</summary>
internal sealed class HorizonScore
{
    private double forecastError;
    private double persistenceError;
    private double seasonalError;

    /// <summary>Points at which forecast, persistence, seasonal naive and actual all exist.</summary>
    public long Points { get; private set; }

    /// <summary>Points with an interval and an actual.</summary>
    public long IntervalPoints { get; private set; }

    /// <summary>Those of them whose actual lies in the interval, ends included.</summary>
    public long Covered { get; private set; }

    /// <summary>Mean absolute error over that of persistence; NaN without points, or where that is 0.</summary>
    public double MaseAgainstPersistence => Ratio(forecastError, persistenceError);

    /// <summary>Mean absolute error over that of seasonal naive; NaN without points, or where that is 0.</summary>
    public double MaseAgainstSeasonal => Ratio(forecastError, seasonalError);

    /// <summary>Scores a forecast and both naives against an actual; a NaN in any of them leaves the point
    /// out.</summary>
    public void AddPoint(double actual, double forecast, double persistence, double seasonal)
    {
        if (double.IsFinite(actual + forecast + persistence + seasonal))
        {
            Points++;
            forecastError += Math.Abs(actual - forecast);
            persistenceError += Math.Abs(actual - persistence);
            seasonalError += Math.Abs(actual - seasonal);
        }
    }

    /// <summary>Scores an interval against an actual; a NaN in any of them leaves the point out.</summary>
    public void AddInterval(double actual, double lower, double upper)
    {
        if (double.IsFinite(actual + lower + upper))
        {
            IntervalPoints++;
            Covered += lower <= actual && actual <= upper ? 1 : 0;
        }
    }

    private static double Ratio(double error, double naiveError) =>
        naiveError > 0 ? error / naiveError : double.NaN;
}

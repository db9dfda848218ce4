namespace Streaming.Daemon.Demo;

/// <summary>Scores of all series, fed with the forecasts as they arrive.</summary>
/// <remarks>
/// The scaled error (MASE) of a series at a horizon against a naive method is the forecasts' mean absolute error over
/// the naive's, on the same origins and targets; overall it is the mean over series, each counting alike. Persistence
/// forecasts the origin's value, seasonal naive the latest known value a whole number of seasons before the target.
/// A series without points, or whose naive makes no error, is left out of the mean, and counted. Not thread-safe.
/// </remarks>
internal sealed class Scorecard
{
    private readonly IReadOnlyList<int> horizons;
    private readonly SortedDictionary<string, SeriesScore> series = new(StringComparer.Ordinal);

    /// <summary>Creates a scorecard of the given series.</summary>
    /// <param name="streams">Series to score, with their labels.</param>
    /// <param name="cadenceOf">Grid and season of a series, by its id.</param>
    /// <param name="horizons">Horizons to score, in steps, ascending.</param>
    public Scorecard(
        IReadOnlyList<DemoStream> streams, Func<string, Cadence> cadenceOf, IReadOnlyList<int> horizons)
    {
        this.horizons = horizons;
        foreach (DemoStream stream in streams)
        {
            series.Add(stream.Series, new(horizons, cadenceOf(stream.Series), stream.Windows));
        }
    }

    /// <summary>Takes a forecast in; one of a series that is not on the card is left out.</summary>
    public void Add(ForecastMessage message)
    {
        if (series.TryGetValue(message.Series, out SeriesScore? score))
        {
            score.Add(message);
        }
    }

    /// <summary>The scores so far, independent of what is added later.</summary>
    public ScoreReport Report() =>
        new(horizons, [.. series.Select(entry => SeriesReport.Of(entry.Key, entry.Value))]);
}

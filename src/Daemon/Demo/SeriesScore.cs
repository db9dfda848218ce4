namespace Streaming.Daemon.Demo;

/// <summary>Scores one series' forecasts as its actual values arrive.</summary>
/// <remarks>
/// Each message carries the value of its step: it is the actual of the forecasts made h steps before, persistence for
/// those it makes itself, and seasonal naive a whole number of seasons on. Values come from these messages alone, so
/// a step without one scores nothing. Keeps a season and the longest horizon of messages. Not thread-safe.
/// </remarks>
internal sealed class SeriesScore
{
    private readonly Cadence cadence;
    private readonly IReadOnlyList<int> horizons;
    private readonly HorizonScore[] scores;
    private readonly AlarmScore alarms;
    private readonly (long Step, ForecastMessage Message)[] ring;
    private long newest = long.MinValue;

    /// <summary>Creates a score without points.</summary>
    /// <param name="horizons">Horizons to score, in steps, ascending.</param>
    /// <param name="cadence">Grid and season of the series.</param>
    /// <param name="windows">Its labelled anomalies.</param>
    public SeriesScore(IReadOnlyList<int> horizons, Cadence cadence, IReadOnlyList<LabelledWindow> windows)
    {
        this.horizons = horizons;
        this.cadence = cadence;
        scores = [.. horizons.Select(_ => new HorizonScore())];
        alarms = new(windows, cadence.Step);
        ring = new (long, ForecastMessage)[horizons[^1] + cadence.SeasonSteps + 1];
    }

    /// <summary>Forecasts taken in.</summary>
    public long Forecasts { get; private set; }

    /// <summary>Scores at each horizon, in their order.</summary>
    public IReadOnlyList<HorizonScore> Horizons => scores;

    /// <summary>Alarms against labels.</summary>
    public AlarmScore Alarms => alarms;

    /// <summary>Takes the next message in; one at or before the newest step (sent twice) is left out.</summary>
    public void Add(ForecastMessage message)
    {
        long step = cadence.StepOf(message.Time);
        if (step <= newest)
        {
            return;
        }

        newest = step;
        Forecasts++;
        ring[step % ring.Length] = (step, message);
        if (message.IsAnomaly)
        {
            alarms.Add(message.Time);
        }

        for (int i = 0; i < scores.Length; i++)
        {
            Score(scores[i], horizons[i], step, message.Value);
        }
    }

    private void Score(HorizonScore score, int horizon, long step, double actual)
    {
        int k = -1;
        if (At(step - horizon) is ForecastMessage origin && (k = Array.IndexOf(origin.Horizons, horizon)) >= 0)
        {
            int season = cadence.SeasonSteps;
            int seasonsBack = ((horizon - 1) / season) + 1;
            double seasonal = At(step - ((long)seasonsBack * season))?.Value ?? double.NaN;
            score.AddPoint(actual, origin.Forecast[k], origin.Value, seasonal);
            score.AddInterval(actual, origin.Lower[k], origin.Upper[k]);
        }
    }

    private ForecastMessage? At(long step)
    {
        if (step < 0)
        {
            return null;
        }

        (long held, ForecastMessage message) = ring[step % ring.Length];
        return message is not null && held == step ? message : null;
    }
}

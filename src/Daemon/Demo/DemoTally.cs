namespace Streaming.Daemon.Demo;

/// <summary>What has come back so far: the reader adds, the display and the summary look.</summary>
/// <remarks>Thread-safe: one lock, held for a message or a report.</remarks>
internal sealed class DemoTally
{
    private readonly Lock gate = new();
    private readonly Scorecard scorecard;
    private readonly VersionLog versions = new();
    private readonly Func<string, Cadence> cadenceOf;
    private readonly DueForecasts due;
    private long forecasts;

    /// <summary>Creates an empty tally.</summary>
    /// <param name="scorecard">Taken over: nobody else may use it.</param>
    /// <param name="cadenceOf">Grid of a series, by its id.</param>
    /// <param name="due">Told of each forecast.</param>
    public DemoTally(Scorecard scorecard, Func<string, Cadence> cadenceOf, DueForecasts due)
    {
        this.scorecard = scorecard;
        this.cadenceOf = cadenceOf;
        this.due = due;
    }

    /// <summary>Takes a forecast in.</summary>
    public void Add(ForecastMessage message)
    {
        lock (gate)
        {
            forecasts++;
            scorecard.Add(message);
            versions.Add(message.Model);
        }

        due.Settle(message.Series, cadenceOf(message.Series).StepOf(message.Time));
    }

    /// <summary>How things stand.</summary>
    /// <param name="records">Records sent.</param>
    /// <param name="totalRecords">Records the streams have.</param>
    /// <param name="elapsed">Time since the first was sent.</param>
    public DemoSnapshot Snapshot(long records, long totalRecords, TimeSpan elapsed)
    {
        lock (gate)
        {
            return new(
                records, totalRecords, forecasts, elapsed, versions.Newest, versions.Adopted, scorecard.Report());
        }
    }
}

namespace Streaming.Daemon.Backtest;

/// <summary>How many values fell within the interval in each fortnight of one series at one horizon.</summary>
/// <param name="fortnightSteps">Steps of two weeks.</param>
internal struct FortnightCoverage(int fortnightSteps)
{
    private int steps;
    private int covered;

    /// <summary>The least share in a whole fortnight; NaN before the first has passed.</summary>
    public double Worst { get; private set; } = double.NaN;

    /// <summary>Adds a value.</summary>
    public void Add(bool isCovered)
    {
        covered += isCovered ? 1 : 0;
        if (++steps == fortnightSteps)
        {
            double share = covered / (double)fortnightSteps;
            Worst = double.IsNaN(Worst) ? share : Math.Min(Worst, share);
            (steps, covered) = (0, 0);
        }
    }
}

namespace Streaming.Daemon.Backtest;

/// <summary>What the errors of one series are measured in: learnt from the rows before the scored ones.</summary>
internal sealed class ScoreUnit
{
    private readonly Queue<double> season = new();
    private long steps;
    private double mean;
    private double squares;
    private double changes;
    private long changed;

    /// <summary>Standard deviation of the values; 1 where there is none, as for a constant series.</summary>
    public double Deviation => steps > 0 && squares > 0 ? Math.Sqrt(squares / steps) : 1;

    /// <summary>Mean absolute change from one season to the next; NaN while none is known, zero where nothing changes.
    /// </summary>
    public double NaiveChange => changed == 0 || changes == 0 ? double.NaN : changes / changed;

    /// <summary>Takes a value.</summary>
    /// <param name="value">Finite.</param>
    /// <param name="seasonSteps">Season in steps; at most one: the change from the value before.</param>
    public void Take(double value, int seasonSteps)
    {
        steps++;
        double from = value - mean;
        mean += from / steps;
        squares += from * (value - mean);
        if (season.Count == Math.Max(seasonSteps, 1))
        {
            changes += Math.Abs(value - season.Dequeue());
            changed++;
        }

        season.Enqueue(value);
    }
}

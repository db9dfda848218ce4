using Streaming.Inference.Series;

namespace Streaming.Training.Samples;

/// <summary>A copy of a series' window, as a task hands it to the trainer.</summary>
public sealed class WindowSample
{
    private WindowSample(SeriesState series, ulong id)
    {
        int steps = series.Window.Count;
        Series = id;
        Profile = series.Profile;
        Values = new double[steps];
        IsHeld = new bool[steps];
        TimeTicks = new long[steps];
        series.Window.CopyTo(Values, IsHeld, TimeTicks);
        for (int t = 0; t < steps && !Profile.IsEventMode; t++)
        {
            TimeTicks[t] = series.TimeTicks - ((steps - 1 - t) * Profile.StepTicks);
        }
    }

    /// <summary>Hash of the series id.</summary>
    public ulong Series { get; }

    /// <summary>Grid, season and window of the series.</summary>
    public SeriesProfile Profile { get; }

    /// <summary>Values, oldest first, [T], in the series' unit.</summary>
    public double[] Values { get; }

    /// <summary>Whether a value was held over a gap, [T].</summary>
    public bool[] IsHeld { get; }

    /// <summary>Time of each step, [T], in ticks.</summary>
    public long[] TimeTicks { get; }

    /// <summary>Copies the window of a series.</summary>
    /// <param name="series">Read on the thread that owns it.</param>
    /// <param name="id">Hash of its id.</param>
    public static WindowSample Of(SeriesState series, ulong id)
    {
        ArgumentNullException.ThrowIfNull(series);
        return new WindowSample(series, id);
    }
}

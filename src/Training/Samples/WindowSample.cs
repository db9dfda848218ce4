using Streaming.Inference.Series;

namespace Streaming.Training.Samples;

/// <summary>Steps of a series to learn from: a copy of its window, or a stretch of a file.</summary>
public sealed class WindowSample
{
    private WindowSample(SeriesState series, ulong id)
    {
        int steps = series.Window.Count;
        Series = id;
        Profile = series.Profile;
        Values = new double[steps];
        IsHeld = new bool[steps];
        IsImputed = IsHeld;
        TimeTicks = new long[steps];
        series.Window.CopyTo(Values, IsHeld, TimeTicks);
        Covariates = new double[steps * series.CovariateCount];
        series.Window.CopyCovariatesTo(Covariates);
        FirstStep = (Profile.IsEventMode ? series.Steps : Profile.IndexOf(series.TimeTicks) + 1) - steps;
        for (int t = 0; t < steps && !Profile.IsEventMode; t++)
        {
            TimeTicks[t] = Profile.StartOf(FirstStep + t);
        }
    }

    private WindowSample(
        ulong id, SeriesProfile profile, double[] values, bool[] isHeld, bool[] isImputed, long[] timeTicks)
    {
        Series = id;
        Profile = profile;
        Values = values;
        IsHeld = isHeld;
        IsImputed = isImputed;
        TimeTicks = timeTicks;
        Covariates = [];
    }

    /// <summary>Hash of the series id.</summary>
    public ulong Series { get; }

    /// <summary>Grid, season and window of the series.</summary>
    public SeriesProfile Profile { get; }

    /// <summary>Values, oldest first, [T], in the series' unit.</summary>
    public double[] Values { get; }

    /// <summary>Whether a value was held over a gap, [T].</summary>
    public bool[] IsHeld { get; }

    /// <summary>Whether a value was not observed, [T]: its label teaches nothing.</summary>
    public bool[] IsImputed { get; }

    /// <summary>Time of each step, [T], in ticks.</summary>
    public long[] TimeTicks { get; }

    /// <summary>Covariates of each step, [T, C], NaN where it lacks one; empty where there are none.</summary>
    public double[] Covariates { get; private init; }

    /// <summary>Number of the first step: of its place on the grid, or of events since the series began; 0 in a stretch
    /// of a file.</summary>
    public long FirstStep { get; }

    /// <summary>Copies the window of a series.</summary>
    /// <param name="series">Read on the thread that owns it.</param>
    /// <param name="id">Hash of its id.</param>
    public static WindowSample Of(SeriesState series, ulong id)
    {
        ArgumentNullException.ThrowIfNull(series);
        return new WindowSample(series, id);
    }

    /// <summary>Takes over a whole series that was read from somewhere else, however long.</summary>
    /// <param name="id">Hash of its id.</param>
    /// <param name="profile">Grid and season.</param>
    /// <param name="values">Values, oldest first, [T], finite; no longer written to.</param>
    /// <param name="isHeld">Whether a value was held over a gap, [T].</param>
    /// <param name="isImputed">Whether a value was not observed, [T]: held ones, and what else fills a gap.</param>
    /// <param name="timeTicks">Time of each step, [T], in ticks.</param>
    /// <param name="covariates">Covariates of each step, [T, C], NaN where it lacks one; none without.</param>
    /// <exception cref="ArgumentException">Lengths disagree, or there is no value.</exception>
    public static WindowSample Of(
        ulong id, SeriesProfile profile, double[] values, bool[] isHeld, bool[] isImputed, long[] timeTicks,
        double[]? covariates = null)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(isHeld);
        ArgumentNullException.ThrowIfNull(isImputed);
        ArgumentNullException.ThrowIfNull(timeTicks);
        int steps = values.Length;
        if (steps == 0 || isHeld.Length != steps || isImputed.Length != steps || timeTicks.Length != steps)
        {
            throw new ArgumentException(
                $"{steps} values, {isHeld.Length} and {isImputed.Length} marks and {timeTicks.Length} times are no "
                + "series.");
        }

        if (covariates is not null && covariates.Length % steps != 0)
        {
            throw new ArgumentException($"{covariates.Length} covariates do not fit {steps} steps.", nameof(covariates));
        }

        return new(id, profile, values, isHeld, isImputed, timeTicks) { Covariates = covariates ?? [] };
    }
}

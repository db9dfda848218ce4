using Streaming.Inference.Series;

namespace Inference.Tests.Series;

/// <summary>Every feature that can be asked for, the slow way: double precision, LINQ, libm.</summary>
/// <param name="profile">Season, window, zone and holidays.</param>
internal sealed class FeatureReference(SeriesProfile profile)
{
    /// <summary>Every kind of feature there is, some with several spans.</summary>
    public static readonly FeatureList Every = FeatureList.Parse(
    [
        "lag:24", "default", "minute", "month", "holiday", "mean:2", "std:2", "min:24", "max:24", "mean:24", "std:24",
        "lag:1", "max:63", "lag:63", "mean:64", "std:64", "min:5", "covariate:load", "covariate-held:load",
        "covariate:temperature",
    ]);

    private readonly Dictionary<string, (Scaler Scaler, double Newest, bool IsHeld)> covariates = new()
    {
        ["temperature"] = default,
        ["load"] = default,
    };

    private readonly List<(double Value, bool IsHeld)> past = [];
    private double recentMean;

    /// <summary>Settings under which every feature can be made.</summary>
    public static ForecasterSettings Under(ForecasterSettings settings, Scaling scaling) =>
        settings with { Features = Every, Scaling = scaling, Covariates = ["temperature", "load"] };

    /// <summary>Values of both covariates, NaN where one is lacking.</summary>
    public static double[] Covariates(Random random) =>
        [random.Next(3) == 0 ? double.NaN : 20 + random.NextDouble(), random.Next(9) == 0 ? double.NaN : random.Next(9)];

    /// <summary>Takes the covariates of the next step.</summary>
    public void Push(string name, double value, Scaling scaling)
    {
        (Scaler scaler, double newest, _) = covariates[name];
        if (!double.IsNaN(value))
        {
            scaler.Add(value, Math.Max(2 * profile.SeasonSteps, 96), scaling);
            newest = value;
        }

        covariates[name] = (scaler, newest, double.IsNaN(value));
    }

    public void Push(double value, bool isHeld)
    {
        past.Add((value, isHeld));
        recentMean = past.Count == 1 ? value : recentMean + ((value - recentMean) / 8);
    }

    /// <summary>What a feature should be at the newest step.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="scaler">Center and scale, which have tests of their own.</param>
    /// <param name="next">When the next step begins, on local clocks.</param>
    public double Of(string name, Scaler scaler, DateTime next)
    {
        double[] window = [.. past.Select(step => step.Value).TakeLast(profile.WindowSteps)];
        double x = window[^1], scale = scaler.Scale;
        int season = profile.SeasonSteps;
        string[] parts = name.Split(':');
        double[] last = parts.Length > 1 && int.TryParse(parts[1], out int steps) ? [.. window.TakeLast(steps)] : [];
        double value = parts[0] switch
        {
            "deviation" => (x - scaler.Mean) / scale,
            "change" => -Ago(1),
            "season-ahead" => Ago(season - 1),
            "season-change" => -Ago(season),
            "half-season" => Ago((season / 2) - 1),
            "seven-seasons" => Ago((7 * season) - 1),
            "running-mean" => (recentMean - x) / scale,
            "held" => past[^1].IsHeld ? 1 : 0,
            "age" => Math.Min(window.Length, 256) / 256.0,
            "lag" => Ago(int.Parse(parts[1])),
            "mean" => (last.Average() - x) / scale,
            "std" => Math.Sqrt(last.Average(v => (v - last.Average()) * (v - last.Average()))) / scale,
            "min" => (last.Min() - x) / scale,
            "max" => (last.Max() - x) / scale,
            "covariate" => (covariates[parts[1]].Newest - covariates[parts[1]].Scaler.Mean)
                / covariates[parts[1]].Scaler.Scale,
            "covariate-held" => covariates[parts[1]].IsHeld ? 1 : 0,
            "holiday" => profile.Holidays.Contains(DateOnly.FromDateTime(next)) ? 1 : 0,
            _ => OnCircle(name, next),
        };
        return Math.Clamp(value, -8, 8);

        double Ago(int stepsAgo) => stepsAgo < window.Length ? (window[^(stepsAgo + 1)] - x) / scale : 0;
    }

    private static double OnCircle(string name, DateTime time)
    {
        string[] parts = name.Split('-');
        int sinceMonday = ((int)time.DayOfWeek + 6) % 7;
        double day = time.TimeOfDay.TotalDays;
        double turns = parts[0] switch
        {
            "hour" => (time.Minute + (time.Second / 60.0)) / 60,
            "day" => day,
            "week" => (sinceMonday + day) / 7,
            "year" => (time.Month - 1 + ((time.Day - 1 + day) / DateTime.DaysInMonth(time.Year, time.Month))) / 12,
            _ => throw new ArgumentException($"Nobody knows '{name}'."),
        };
        return parts[1] == "sine" ? Math.Sin(2 * Math.PI * turns) : Math.Cos(2 * Math.PI * turns);
    }
}

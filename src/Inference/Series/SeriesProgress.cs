using System.Globalization;

namespace Streaming.Inference.Series;

/// <summary>How far a series is from forecasts that can be relied on.</summary>
/// <param name="Status">How far they can be relied on now.</param>
/// <param name="Steps">Steps seen since it was last cold, held ones included.</param>
/// <param name="StepsNeeded">Steps after which it counts as warm.</param>
public readonly record struct SeriesProgress(SeriesStatus Status, long Steps, int StepsNeeded)
{
    /// <summary>The progress of a series.</summary>
    /// <param name="series">Read on the thread that owns it.</param>
    /// <param name="settings">What all series share.</param>
    public static SeriesProgress Of(SeriesState series, ForecasterSettings settings)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(settings);
        SeriesStatus status = series.Steps < settings.WarmSteps ? SeriesStatus.Cold : SeriesStatus.Warm;
        return new(status, series.Steps, settings.WarmSteps);
    }

    /// <summary>Why there is no forecast yet, or how good it is: "37 of 48 steps".</summary>
    public override string ToString() => (Status, Steps) switch
    {
        (SeriesStatus.Cold, 0) => string.Create(CultureInfo.InvariantCulture, $"no step of {StepsNeeded} has closed yet"),
        (SeriesStatus.Cold, _) => string.Create(CultureInfo.InvariantCulture, $"{Steps} of {StepsNeeded} steps"),
        _ => string.Create(CultureInfo.InvariantCulture, $"warm after {Steps} steps"),
    };
}

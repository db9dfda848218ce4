using System.Collections.Immutable;

namespace Streaming.Inference.Series;

/// <summary>What the network sees of a series at a step: its inputs, and the linear skip of its head.</summary>
/// <remarks>
/// All are differences to the newest value x in units of the scale s, clipped at ±8; what the window doesn't hold yet
/// is 0. Inputs, in order: (x − mean)/s; last change; where the season says it goes next; deviation from a season
/// ago; half a season and seven seasons ago; the running mean; day and week (4); held mark; age. Skip: the last lags,
/// the inputs, and for each horizon the other anchor (see <see cref="Anchors"/>).
/// </remarks>
public sealed class Features
{
    /// <summary>Width of the input vector, I.</summary>
    public const int InputCount = 13;

    /// <summary>
    /// What each input is, in order. Model files say by these names what their network was trained on: an input whose
    /// meaning changes gets another name.
    /// </summary>
    public static readonly ImmutableArray<string> InputNames =
    [
        "deviation", "change", "season-ahead", "season-change", "half-season", "seven-seasons", "running-mean",
        "day-sine", "day-cosine", "week-sine", "week-cosine", "held", "age",
    ];

    private const float Limit = 8;
    private const int AgeSteps = 256;

    private readonly int lagSteps;

    /// <summary>Creates the features of a settings' lags and horizons.</summary>
    public Features(ForecasterSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        lagSteps = settings.LagSteps;
        SkipCount = lagSteps + InputCount + settings.Horizons.Length;
    }

    /// <summary>Width of the skip vector, S.</summary>
    public int SkipCount { get; }

    /// <summary>Writes inputs [I] and skip [S] of the newest step of a series.</summary>
    /// <param name="series">A series that has at least one value.</param>
    /// <param name="anchors">Anchors of each horizon at this step.</param>
    /// <param name="inputs">Receives the inputs, dimensionless.</param>
    /// <param name="skip">Receives the skip, dimensionless.</param>
    internal void Write(SeriesState series, ReadOnlySpan<Anchors> anchors, Span<float> inputs, Span<float> skip)
    {
        Window window = series.Window;
        double x = window.Ago(0);
        double perUnit = 1 / series.Scaler.Scale;
        int season = series.Profile.SeasonSteps;
        inputs[0] = Clip((x - series.Scaler.Mean) * perUnit);
        inputs[1] = Lag(window, 1, x, -perUnit);
        inputs[2] = season > 0 ? Lag(window, season - 1, x, perUnit) : 0;
        inputs[3] = season > 0 ? Lag(window, season, x, -perUnit) : 0;
        inputs[4] = season > 1 ? Lag(window, (season / 2) - 1, x, perUnit) : 0;
        inputs[5] = season > 0 ? Lag(window, (7 * season) - 1, x, perUnit) : 0;
        inputs[6] = Clip((series.RecentMean - x) * perUnit);
        Calendar.Write(series.Profile.LocalEndOf(series.TimeTicks), inputs.Slice(7, 4));
        inputs[11] = window.IsHeldAgo(0) ? 1 : 0;
        inputs[12] = Math.Min(window.Count, AgeSteps) / (float)AgeSteps;
        for (int k = 0; k < lagSteps; k++)
        {
            skip[k] = Lag(window, k + 1, x, perUnit);
        }

        inputs.CopyTo(skip[lagSteps..]);
        Span<float> others = skip[(lagSteps + InputCount)..];
        for (int k = 0; k < anchors.Length; k++)
        {
            others[k] = Clip((anchors[k].Other - anchors[k].Value) * perUnit);
        }
    }

    private static float Lag(Window window, int stepsAgo, double x, double perUnit) =>
        stepsAgo < window.Count ? Clip((window.Ago(stepsAgo) - x) * perUnit) : 0;

    private static float Clip(double value) => Math.Clamp((float)value, -Limit, Limit);
}

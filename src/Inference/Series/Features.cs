namespace Streaming.Inference.Series;

/// <summary>What the network sees of a series at a step: its inputs, and the linear skip of its head.</summary>
/// <remarks>
/// Inputs are those of the settings, in their order; see <see cref="FeatureKind"/>. All that come from values are
/// differences in units of the scale s, clipped at ±8; of what the window doesn't hold yet, lags are 0 and statistics are
/// those of what is there. Held values count as any other. Skip: the last lags, the inputs, and for each horizon the
/// other anchor (see <see cref="Anchors"/>). Each rolling span costs a pass over its values, two for its deviation. Holds
/// scratch; not thread-safe.
/// </remarks>
public sealed class Features
{
    private const float Limit = 8;
    private const int AgeSteps = 256;

    private readonly Feature[] list;
    private readonly int[] places; // of each input's span among spans, or of its covariate
    private readonly int[] spans; // distinct, in steps
    private readonly SpanStatistics[] statistics; // of each span
    private readonly double[] recent;
    private readonly bool hasClock;
    private readonly int lagSteps;

    /// <summary>Creates the features of a settings' inputs, lags and horizons.</summary>
    public Features(ForecasterSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        list = [.. settings.Features.Inputs];
        spans = [.. list.Where(input => input.IsRolling).Select(input => input.Steps).Distinct()];
        places = [.. list.Select(input => input.Covariate is { } name
            ? settings.Covariates.IndexOf(name)
            : Array.IndexOf(spans, input.Steps))];
        if (settings.Features.Covariates.FirstOrDefault(name => !settings.Covariates.Contains(name)) is { } unknown)
        {
            throw new ArgumentException($"There is no covariate '{unknown}'.", nameof(settings));
        }

        statistics = new SpanStatistics[spans.Length];
        recent = new double[spans.DefaultIfEmpty().Max()];
        hasClock = list.Any(input => input.Kind is >= FeatureKind.HourSine and <= FeatureKind.Holiday);
        lagSteps = settings.LagSteps;
        SkipCount = lagSteps + InputCount + settings.Horizons.Length;
    }

    /// <summary>Width of the input vector, I.</summary>
    public int InputCount => list.Length;

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
        if (spans.Length > 0)
        {
            Summarize(window, x);
        }

        WriteInputs(series, x, perUnit, inputs);
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

    private void Summarize(Window window, double x)
    {
        Span<double> values = recent.AsSpan(0, Math.Min(recent.Length, window.Count));
        window.CopyLast(values);
        for (int k = 0; k < spans.Length; k++)
        {
            statistics[k] = SpanStatistics.Of(values[^Math.Min(spans[k], values.Length)..], x);
        }
    }

    private void WriteInputs(SeriesState series, double x, double perUnit, Span<float> inputs)
    {
        Window window = series.Window;
        int season = series.Profile.SeasonSteps;
        long clock = hasClock ? series.Profile.LocalEndOf(series.TimeTicks) : 0;
        for (int i = 0; i < list.Length; i++)
        {
            ref readonly Feature input = ref list[i];
            inputs[i] = input.Kind switch
            {
                FeatureKind.Deviation => Clip((x - series.Scaler.Mean) * perUnit),
                FeatureKind.Change => Lag(window, 1, x, -perUnit),
                FeatureKind.SeasonAhead => season > 0 ? Lag(window, season - 1, x, perUnit) : 0,
                FeatureKind.SeasonChange => season > 0 ? Lag(window, season, x, -perUnit) : 0,
                FeatureKind.HalfSeason => season > 1 ? Lag(window, (season / 2) - 1, x, perUnit) : 0,
                FeatureKind.SevenSeasons => season > 0 ? Lag(window, (7 * season) - 1, x, perUnit) : 0,
                FeatureKind.RunningMean => Clip((series.RecentMean - x) * perUnit),
                FeatureKind.Held => window.IsHeldAgo(0) ? 1 : 0,
                FeatureKind.Age => Math.Min(window.Count, AgeSteps) / (float)AgeSteps,
                FeatureKind.Lag => Lag(window, input.Steps, x, perUnit),
                FeatureKind.Mean => Clip(statistics[places[i]].Mean * perUnit),
                FeatureKind.Spread => Clip(statistics[places[i]].Spread * perUnit),
                FeatureKind.Least => Clip(statistics[places[i]].Least * perUnit),
                FeatureKind.Largest => Clip(statistics[places[i]].Largest * perUnit),
                FeatureKind.Covariate => Clip(series.Covariates!.Deviation(places[i])),
                FeatureKind.CovariateHeld => series.Covariates!.IsHeld(places[i]) ? 1 : 0,
                FeatureKind.Holiday => series.Profile.IsHoliday(clock) ? 1 : 0,
                _ => OfCalendar(input.Kind, clock),
            };
        }
    }

    private static float OfCalendar(FeatureKind kind, long clock) => kind switch
    {
        FeatureKind.HourSine => Calendar.Sine(Calendar.OfHour(clock)),
        FeatureKind.HourCosine => Calendar.Cosine(Calendar.OfHour(clock)),
        FeatureKind.DaySine => Calendar.Sine(Calendar.OfDay(clock)),
        FeatureKind.DayCosine => Calendar.Cosine(Calendar.OfDay(clock)),
        FeatureKind.WeekSine => Calendar.Sine(Calendar.OfWeek(clock)),
        FeatureKind.WeekCosine => Calendar.Cosine(Calendar.OfWeek(clock)),
        FeatureKind.YearSine => Calendar.Sine(Calendar.OfYear(clock)),
        FeatureKind.YearCosine => Calendar.Cosine(Calendar.OfYear(clock)),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Is no place in a calendar."),
    };

    private static float Lag(Window window, int stepsAgo, double x, double perUnit) =>
        stepsAgo < window.Count ? Clip((window.Ago(stepsAgo) - x) * perUnit) : 0;

    private static float Clip(double value) => Math.Clamp((float)value, -Limit, Limit);
}

namespace Streaming.Inference.Series;

/// <summary>Runs the live path's own code over past values, from a cold series: what the network sees of them, in
/// training and in burn-in.</summary>
/// <remarks>Scaler, anchors and features start anew, as they do for a new series; the network's deviation is taken as
/// zero, which no feature reads. Not thread-safe.</remarks>
internal sealed class WindowReplay
{
    private readonly ForecasterSettings settings;
    private readonly Features features;
    private readonly SeriesStep step;
    private readonly LiveScores scores;
    private readonly Anchors[] anchors;
    private readonly float[] noDeviation;
    private readonly double[] yhat;
    private SeriesState? series;

    /// <param name="settings">What all series share; quantiles are left out.</param>
    public WindowReplay(ForecasterSettings settings)
    {
        this.settings = settings with { QuantileLevels = [] };
        int horizons = settings.Horizons.Length;
        features = new Features(settings);
        step = new SeriesStep(this.settings);
        scores = new LiveScores(horizons);
        anchors = new Anchors[horizons];
        noDeviation = new float[horizons];
        yhat = new double[horizons];
    }

    /// <summary>Width of the input vector, I.</summary>
    public int InputCount => features.InputCount;

    /// <summary>Width of the skip vector, S.</summary>
    public int SkipCount => features.SkipCount;

    /// <summary>Anchors of the newest step, [K].</summary>
    public Anchors[] Anchors => anchors;

    /// <summary>Scale at the newest step, in the series' unit.</summary>
    public double Scale => series!.Scaler.Scale;

    /// <summary>Begins with a series that has seen nothing.</summary>
    public void Begin(SeriesProfile profile) => series = new SeriesState(profile, settings, row: 0);

    /// <summary>Takes the next value.</summary>
    /// <param name="timeTicks">Start of its step, or time of the event.</param>
    /// <param name="value">The value, in the series' unit.</param>
    /// <param name="isHeld">Whether it was held over a gap; the first one counts as seen.</param>
    /// <param name="covariates">Its covariates, [C], NaN where it lacks one; or none.</param>
    /// <param name="inputs">Receives the inputs, [I].</param>
    /// <param name="skip">Receives the skip, [S].</param>
    public void Step(
        long timeTicks, double value, bool isHeld, ReadOnlyMemory<double> covariates, Span<float> inputs, Span<float> skip)
    {
        SeriesState now = series!;
        var pending = new PendingStep(now, timeTicks, value, isHeld && now.Steps > 0, Restarts: false, Origin: 0)
        {
            Covariates = covariates,
        };
        step.Observe(now, pending, scores);
        step.Anchor(now, anchors);
        features.Write(now, anchors, inputs, skip);
        step.Issue(pending, anchors, new NetworkOutput(noDeviation, []), yhat, []);
    }
}

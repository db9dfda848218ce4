namespace Streaming.Inference.Experts;

/// <summary>What the experts of one series need while they step: a lane's, for one series after another.</summary>
/// <remarks>Grows to the largest plan it is fitted to. After a series' step it tells what its experts said.</remarks>
internal sealed class ExpertScratch
{
    private double[] forecasts = [];
    private double[] weights = [];
    private float[] meanWeights = [];
    private double[] row = [];
    private double[] deviations = [];
    private double[] gain = [];
    private double[] features = [];
    private double[] outside = [];
    private double[] labels = [];
    private int[] anchors = [];
    private int experts;
    private int horizons;

    /// <summary>Forecasts, [E, K], in the series' unit; NaN where an expert has none.</summary>
    public Span<double> Forecasts => forecasts.AsSpan(0, experts * horizons);

    /// <summary>Weights of the mixture, [K, E], without the correction by least squares.</summary>
    public Span<double> Weights => weights.AsSpan(0, experts * horizons);

    /// <summary>Means of the weights over horizons, [E].</summary>
    public ReadOnlySpan<float> MeanWeights()
    {
        Span<float> means = meanWeights.AsSpan(0, experts);
        for (int e = 0; e < experts; e++)
        {
            double sum = 0;
            for (int k = 0; k < horizons; k++)
            {
                sum += weights[(k * experts) + e];
            }

            means[e] = (float)(sum / horizons);
        }

        return means;
    }

    /// <summary>Place of the naive expert that speaks at each horizon while nothing is known of the others, [K].
    /// </summary>
    public Span<int> Anchors => anchors.AsSpan(0, horizons);

    /// <summary>Forecasts of one horizon, relative to the newest value, [E].</summary>
    public Span<double> Row => row.AsSpan(0, experts);

    /// <summary>Experts less a mixture, [E].</summary>
    public Span<double> Deviations => deviations.AsSpan(0, experts);

    /// <summary>Room for least squares over experts, [E].</summary>
    public Span<double> Gain => gain.AsSpan(0, experts);

    /// <summary>Labels of a linear expert, [K].</summary>
    public Span<double> Labels => labels.AsSpan(0, horizons);

    /// <summary>The calendar as linear experts see it, [<see cref="CalendarTerms.Count"/>].</summary>
    public double[] Calendar { get; } = new double[CalendarTerms.Count];

    /// <summary>How much the newest value teaches learners, in (0, 1].</summary>
    public double LabelWeight { get; set; } = 1;

    /// <summary>Unit in which the forecasts will be scored; zero: they will not.</summary>
    public double ScoredUnit { get; set; }

    /// <summary>Features of a linear expert, [F].</summary>
    public Span<double> Features(int count) => features.AsSpan(0, count);

    /// <summary>Those that come from outside, [count].</summary>
    public Span<double> Outside(int count) => outside.AsSpan(0, count);

    /// <summary>Forecasts of one expert, [K].</summary>
    public Span<double> Of(int expert) => forecasts.AsSpan(expert * horizons, horizons);

    /// <summary>Makes room for the experts of a plan.</summary>
    public void Fit(ExpertPlan plan)
    {
        Fit(plan.Experts, plan.Horizons.Length);
        foreach (LinearExpertOptions linear in plan.Linear)
        {
            Fit(linear);
        }
    }

    /// <summary>Makes room for some experts and horizons.</summary>
    public void Fit(int experts, int horizons)
    {
        (this.experts, this.horizons) = (experts, horizons);
        Grow(ref forecasts, experts * horizons);
        Grow(ref weights, experts * horizons);
        Grow(ref meanWeights, experts);
        Grow(ref row, experts);
        Grow(ref deviations, experts);
        Grow(ref gain, experts);
        Grow(ref labels, horizons);
        Grow(ref anchors, horizons);
    }

    /// <summary>Makes room for a linear expert.</summary>
    public void Fit(LinearExpertOptions linear)
    {
        Grow(ref features, linear.Features);
        Grow(ref outside, linear.OutsideFeatures);
    }

    private static void Grow<T>(ref T[] room, int length)
    {
        if (room.Length < length)
        {
            room = new T[length];
        }
    }
}

using Streaming.Inference.Anomalies;

namespace Streaming.Inference.Series;

/// <summary>Forecasts of a run of pending steps, by the step's place in its queue. Reused; grows, never shrinks.</summary>
/// <param name="horizons">Horizons, K.</param>
/// <param name="levels">Quantile levels, Q.</param>
/// <param name="experts">Experts whose weights it has room for, E; 0: they are not wanted.</param>
public sealed class ForecastBlock(int horizons, int levels, int experts = 0)
{
    private double[] yhat = [];
    private double[] quantiles = [];
    private float[] weights = [];
    private Head[] heads = [];

    /// <summary>Makes room for a number of steps.</summary>
    public void Reserve(int steps)
    {
        if (heads.Length < steps)
        {
            int length = Math.Max(steps, 2 * heads.Length);
            heads = new Head[length];
            yhat = new double[length * horizons];
            quantiles = new double[length * horizons * levels];
            weights = new float[length * experts];
        }
    }

    /// <summary>Forecasts of a step, [K], in the series' unit.</summary>
    public Span<double> Yhat(int step) => yhat.AsSpan(step * horizons, horizons);

    /// <summary>Quantiles of a step, [Q, K], in the series' unit; NaN where nothing is known of the spread.</summary>
    public Span<double> Quantiles(int step) => quantiles.AsSpan(step * horizons * levels, horizons * levels);

    /// <summary>Mean weights of a step's experts over its horizons, [E]; those that its series lacks are 0.</summary>
    public Span<float> Weights(int step) => weights.AsSpan(step * experts, experts);

    /// <summary>What a step has beside its forecasts.</summary>
    public ref Head this[int step] => ref heads[step];

    /// <summary>Anomaly, status and number of one step.</summary>
    public struct Head
    {
        /// <summary>Probability of a lesser surprise, in [0, 1].</summary>
        public double Score { get; set; }

        /// <summary>What the alarm that it raises is about; none: it raises none.</summary>
        public AnomalyKind Alarm { get; set; }

        /// <summary>Whether it raises an alarm.</summary>
        public readonly bool IsAnomaly => Alarm != AnomalyKind.None;

        /// <summary>How far the forecasts can be relied on.</summary>
        public SeriesStatus Status { get; set; }

        /// <summary>Steps of its series since that was last cold, held ones and this one included.</summary>
        public long Steps { get; set; }

        /// <summary>What had been forecast of this step.</summary>
        public AwaitedForecast Awaited { get; set; }
    }
}

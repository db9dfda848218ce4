using Streaming.Inference.Experts;

namespace Streaming.Inference.Series;

/// <summary>What a step has brought, for those who look on: valid during the call only, and nothing may be kept.
/// </summary>
public readonly ref struct IssuedStep
{
    internal IssuedStep(
        in PendingStep step, ReadOnlySpan<double> yhat, ReadOnlySpan<double> quantiles, in ForecastBlock.Head head,
        ExpertScratch said)
    {
        Step = step;
        Yhat = yhat;
        Quantiles = quantiles;
        Head = head;
        Said = said;
    }

    /// <summary>The step, with its series.</summary>
    public PendingStep Step { get; }

    /// <summary>Forecasts, [K], in the series' unit.</summary>
    public ReadOnlySpan<double> Yhat { get; }

    /// <summary>Quantiles, [Q, K], in the series' unit; NaN where nothing is known of the spread.</summary>
    public ReadOnlySpan<double> Quantiles { get; }

    /// <summary>Anomaly and status.</summary>
    public ForecastBlock.Head Head { get; }

    /// <summary>Names of the series' experts, [E]; none where the network is alone.</summary>
    public ReadOnlySpan<string> Experts => Step.Series.Experts is { } experts ? experts.Plan.Names : [];

    /// <summary>All that the experts said, and what they need to say it.</summary>
    internal ExpertScratch Said { get; }

    /// <summary>Forecasts of one expert, [K], in the series' unit; NaN where it has none.</summary>
    public ReadOnlySpan<double> ForecastsOf(int expert) => Said.Of(expert);

    /// <summary>Weight of one expert in the forecasts, averaged over horizons.</summary>
    /// <remarks>Without the correction by least squares; weights of all experts add up to one.</remarks>
    public double WeightOf(int expert)
    {
        double sum = 0;
        for (int at = expert; at < Said.Weights.Length; at += Experts.Length)
        {
            sum += Said.Weights[at] / Yhat.Length;
        }

        return sum;
    }
}

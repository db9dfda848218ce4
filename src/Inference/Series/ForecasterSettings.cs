using System.Collections.Immutable;
using Streaming.Inference.Model;

namespace Streaming.Inference.Series;

/// <summary>What all series of a deployment share: horizons, quantiles, lags, and the rules of status and alarm.</summary>
public sealed record ForecasterSettings
{
    /// <summary>Lags of a deployment that asks for no other number, in steps.</summary>
    public const int DefaultLagSteps = 48;

    /// <summary>Horizons in steps, ascending, K of them.</summary>
    public required ImmutableArray<int> Horizons { get; init; }

    /// <summary>Quantile levels, ascending, in (0, 1), Q of them; may be empty.</summary>
    public ImmutableArray<double> QuantileLevels { get; init; } = [0.05, 0.95];

    /// <summary>What the network is fed.</summary>
    public FeatureList Features { get; init; } = FeatureList.Default;

    /// <summary>Names of the values that come with those of a series, C of them; features may tell of them.</summary>
    public ImmutableArray<string> Covariates { get; init; } = [];

    /// <summary>What it is fed in.</summary>
    public Scaling Scaling { get; init; }

    /// <summary>Past values that feed the head's linear skip, in steps.</summary>
    public int LagSteps { get; init; } = DefaultLagSteps;

    /// <summary>Steps a series has seen before it is called warm.</summary>
    public int WarmSteps { get; init; } = 48;

    /// <summary>Anomaly score from which a value is an anomaly.</summary>
    public double AnomalyThreshold { get; init; } = 0.9995;

    /// <summary>Values for which a series stays quiet after an alarm, unless the surprise is exceeded; at least 1.
    /// </summary>
    public int RefractorySteps { get; init; } = 120;

    /// <summary>Shape of the network that serves these settings.</summary>
    public ModelShape ShapeOf(int hidden, int layers)
    {
        var features = new Features(this);
        return new(features.InputCount, hidden, layers, features.SkipCount, Horizons.Length);
    }
}

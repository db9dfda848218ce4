using Streaming.Inference.Anomalies;
using Streaming.Inference.Series;

namespace Streaming.Daemon.Output;

/// <summary>What one forecast message says; borrowed memory, K horizons and Q quantile levels.</summary>
internal readonly ref struct ForecastView
{
    /// <summary>Series id as JSON text with its quotes, once per series: see
    /// <see cref="JsonText.Quote(ReadOnlySpan{byte})"/>.</summary>
    public required ReadOnlySpan<byte> JsonId { get; init; }

    /// <summary>Start of the step, or time of the event, UTC ticks of 100 ns since 0001-01-01.</summary>
    public required long TimeTicks { get; init; }

    /// <summary>Value of the step or event; null in JSON if not finite.</summary>
    public required double Value { get; init; }

    /// <summary>What value and forecasts are measured in, UTF-8 without anything to escape; empty: unknown.</summary>
    public ReadOnlySpan<byte> Unit { get; init; }

    /// <summary>Step as JSON text with its quotes: <see cref="JsonText.Step"/>.</summary>
    public required ReadOnlySpan<byte> StepJson { get; init; }

    /// <summary>Forecasts, [K].</summary>
    public required ReadOnlySpan<double> Yhat { get; init; }

    /// <summary>Quantiles, [Q×K], level-major: level q, horizon k at q·K + k.</summary>
    public required ReadOnlySpan<double> Quantiles { get; init; }

    /// <summary>Anomaly score, 0 to 1.</summary>
    public required double Score { get; init; }

    /// <summary>What the alarm that the value raises is about.</summary>
    public required AnomalyKind Alarm { get; init; }

    /// <summary>Weights of the encoder's experts, [E], means over horizons; empty: they are not told.</summary>
    public ReadOnlySpan<float> Weights { get; init; }

    /// <summary>Version as JSON text with its quotes, once per adoption: see
    /// <see cref="JsonText.Quote(ReadOnlySpan{byte})"/>.</summary>
    public required ReadOnlySpan<byte> ModelJson { get; init; }

    public required SeriesStatus Status { get; init; }

    /// <summary>Partition of the record that caused the forecast.</summary>
    public required int Partition { get; init; }

    /// <summary>Offset of the record that caused the forecast.</summary>
    public required long Offset { get; init; }
}

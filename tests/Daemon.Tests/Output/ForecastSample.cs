using Streaming.Daemon.Output;
using Streaming.Inference.Anomalies;
using Streaming.Inference.Series;

namespace Streaming.Daemon.Tests.Output;

/// <summary>One forecast whose memory lives on the heap, so that tests can vary it.</summary>
internal sealed class ForecastSample
{
    public byte[] JsonId { get; init; } = JsonText.Quote("cpu{host=a}");

    public DateTime Time { get; init; } = new(2023, 11, 14, 22, 13, 20);

    public double Value { get; init; } = 91.2;

    public byte[] Unit { get; init; } = [];

    public byte[] StepJson { get; init; } = JsonText.Step(TimeSpan.TicksPerMinute);

    public double[] Yhat { get; init; } = [91.25, 90, 1.0 / 3];

    public double[] Quantiles { get; init; } = [80, 81, 82, 100, 101.5, 1e20];

    public double Score { get; init; } = 0.7;

    public AnomalyKind Alarm { get; init; }

    public float[] Weights { get; init; } = [];

    public byte[] ModelJson { get; init; } = JsonText.Quote("lstm@17");

    public SeriesStatus Status { get; init; } = SeriesStatus.Warm;

    public long Offset { get; init; } = 42;

    public ForecastView View => new()
    {
        JsonId = JsonId,
        TimeTicks = Time.Ticks,
        Value = Value,
        Unit = Unit,
        StepJson = StepJson,
        Yhat = Yhat,
        Quantiles = Quantiles,
        Score = Score,
        Alarm = Alarm,
        Weights = Weights,
        ModelJson = ModelJson,
        Status = Status,
        Partition = 3,
        Offset = Offset,
    };
}

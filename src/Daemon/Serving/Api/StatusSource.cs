using Streaming.Daemon.Configuration;
using Streaming.Daemon.Models;
using Streaming.Daemon.Pipeline;

namespace Streaming.Daemon.Serving.Api;

/// <summary>Puts together what this process is doing. Thread-safe; asks no lane.</summary>
internal sealed class StatusSource(
    ForecasterOptions options, HealthState health, ForecasterMetrics metrics, VersionInForce inForce, TrainingSource training,
    TimeProvider clock)
{
    private const int MostOfTraining = 5;

    private readonly DateTimeOffset startedAt = clock.GetUtcNow();
    private readonly RateWatch rates = new(metrics, clock);

    public StatusView Status()
    {
        (double records, double forecasts) = rates.PerSecond();
        HealthReport ready = health.Ready();
        AccuracySnapshot accuracy = metrics.Accuracy.Snapshot();
        LaneTotals totals = metrics.Totals();
        return new(
            options.Application, DaemonVersion.Text, options.Kafka.InstanceId, startedAt, ready.Ok, options.Input.Topic,
            options.Output.Topic, Math.Round(records, 1), Math.Round(forecasts, 1), totals.LagRecords,
            totals.EventTimeLagSeconds, totals.SeriesActive, totals.SeriesCold, Model(),
            [.. accuracy.ErrorRatios.Select(ratio => new HorizonAccuracy(ratio.Key, ratio.Value))], accuracy.Coverage,
            accuracy.ExpertWeights, training.Training(MostOfTraining),
            [.. ready.Lanes.Select(lane => new LaneStatusView(lane.Lane, lane.Name, lane.State, lane.Reason))]);
    }

    private ModelView? Model() => inForce.Current is { } current
        ? new(current.Version.Name, current.Manifest.Why)
        : null;
}

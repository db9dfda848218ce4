using Streaming.Daemon.Serving;

namespace Daemon.Tests.Serving;

/// <summary>Gives every metric a value, so that a scrape shows them all.</summary>
internal static class MetricFeed
{
    public static void FeedAll(ForecasterMetrics metrics)
    {
        metrics.RecordsConsumed.WithLabels("events", "json").Inc(5);
        metrics.RecordsRejected.WithLabels("not-json").Inc();
        metrics.TrainingLoss.WithLabels("champion").Set(0.5);
        metrics.Lane(0).NewestEventTicks = 1;
        PartitionMetrics partition = metrics.Partition("events", 0);
        partition.SetLag(1);
        partition.SetRestoreRemaining(1);
        partition.SetCheckpointLag(1);
        partition.SetStopped(1);
        metrics.SetModelVersion("1");
        metrics.ObserveWave(1, TimeSpan.FromMilliseconds(1));
        metrics.TrainingDuration.Observe(1);
        metrics.Accuracy.AddErrors(1, 1, 1, 1);
        metrics.Accuracy.AddWeights(1, [1, 0, 0, 0, 0, 0, 0, 0, 0]);
        metrics.Accuracy.AddCoverage(1, 1);
    }
}

using Streaming.Daemon.Configuration;
using Streaming.Daemon.Serving;

namespace Streaming.Daemon.Pipeline.Repartition;

/// <summary>What a repartitioning lane tells about itself.</summary>
/// <param name="options">The configuration.</param>
/// <param name="metrics">The process's metrics.</param>
/// <param name="health">The lane's health.</param>
/// <param name="gauges">The lane's gauges.</param>
internal sealed class RepartitionInstruments(
    ForecasterOptions options, ForecasterMetrics metrics, LaneHealth health, LaneMetrics gauges)
    : ReadingInstruments(options, metrics, health)
{
    private readonly ForecasterMetrics metrics = metrics;
    private long unacknowledged;

    /// <summary>Counts observations, from the next commit on.</summary>
    public void Sent(int observations) => unacknowledged += observations;

    /// <summary>Counts observations that nobody asked for.</summary>
    public void Excluded(int observations) => metrics.ObservationsExcluded.Inc(observations);

    /// <summary>All that was sent is acknowledged and committed.</summary>
    public void Committed()
    {
        CountCommit();
        metrics.ObservationsRepartitioned.Inc(unacknowledged);
        unacknowledged = 0;
    }

    public override void Lost() => unacknowledged = 0;

    /// <summary>How far the tasks are; also while nothing can be committed.</summary>
    /// <param name="tasks">Tasks of the lane.</param>
    /// <param name="logEnd">Log end of a partition, as far as known.</param>
    public void Report(RepartitionTask[] tasks, Func<int, long> logEnd)
    {
        gauges.LagRecords = tasks.Sum(task => task.Report(logEnd(task.Partition)));
        gauges.TasksStopped = tasks.Count(task => task.Reading.IsStopped);
    }
}

using Prometheus;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Decoding;
using Streaming.Daemon.Serving;
using Streaming.Inference.Series;

namespace Streaming.Daemon.Pipeline;

/// <summary>What a lane tells about itself: metrics and health, fed once a gather, wave or commit.</summary>
internal sealed class LaneInstruments
{
    private readonly ForecasterMetrics metrics;
    private readonly LaneMetrics gauges;
    private readonly string topic;
    private readonly Counter.Child?[] consumed; // by format, from the first record on
    private readonly Counter.Child[] rejected;
    private readonly IReadOnlyList<int> horizons;
    private readonly double[] reportedErrors;
    private readonly double[] reportedNaive;
    private readonly long[] reportedSettled;
    private long reportedCovered;
    private long reportedIntervals;
    private long unacknowledged;
    private long withheldSinceCommit;

    public LaneInstruments(
        ForecasterOptions options, ForecasterMetrics metrics, HealthState health, int lane, int lanes)
    {
        (this.metrics, Lanes) = (metrics, lanes);
        horizons = options.Model.Horizons;
        Health = health.Lane(lane);
        gauges = metrics.Lane(lane);
        topic = options.Input.Topic;
        consumed = new Counter.Child?[Enum.GetValues<InputFormat>().Length];
        rejected = [.. Enum.GetValues<RejectReason>().Select(r => metrics.RecordsRejected.WithLabels(r.Name()))];
        reportedErrors = new double[horizons.Count];
        reportedNaive = new double[horizons.Count];
        reportedSettled = new long[horizons.Count];
    }

    /// <summary>Where the lane reports its health.</summary>
    public LaneHealth Health { get; }

    /// <summary>Lanes of this process.</summary>
    public int Lanes { get; }

    /// <summary>The loop has turned.</summary>
    /// <param name="trouble">What is wrong with the brokers, or null.</param>
    /// <param name="joined">Whether the lane has entered its group.</param>
    /// <param name="tasks">Tasks of the lane.</param>
    public void Turn(string? trouble, bool joined, IEnumerable<PartitionTask> tasks)
    {
        if (trouble is not null)
        {
            Health.Waiting(trouble);
            return;
        }

        if (!joined)
        {
            Health.Joining();
            return;
        }

        PartitionTask? replaying = tasks.FirstOrDefault(task => task.IsReplaying);
        if (replaying is not null)
        {
            Health.Restoring(replaying.Partition);
        }
        else
        {
            Health.Running();
        }
    }

    public void Rebalanced(string type) => metrics.Rebalances.WithLabels(type).Inc();

    public void Rejected(RejectReason reason)
    {
        rejected[(int)reason].Inc();
        if (reason == RejectReason.Late)
        {
            metrics.LateRecords.Inc();
        }
    }

    public void Waved(int steps, TimeSpan elapsed) => metrics.ObserveWave(steps, elapsed);

    /// <summary>Counts records of one format.</summary>
    /// <returns>Whether they are the first of it.</returns>
    public bool Consumed(InputFormat format, int records)
    {
        bool isFirst = consumed[(int)format] is null;
        (consumed[(int)format] ??= metrics.RecordsConsumed.WithLabels(topic, OptionNames.Of(format))).Inc(records);
        return isFirst;
    }

    /// <summary>Counts what a task has left out and let go since it was last asked.</summary>
    public void Took(PartitionTask task)
    {
        metrics.ObservationsExcluded.Inc(task.Excluded);
        metrics.SeriesEvicted.Inc(task.Series.Evicted);
        (task.Excluded, task.Series.Evicted) = (0, 0);
    }

    /// <summary>Counts forecasts, from the next commit on.</summary>
    public void Published(int forecasts, int withheld)
    {
        unacknowledged += forecasts;
        withheldSinceCommit += withheld;
    }

    public void CommitFailed() => metrics.Commits.WithLabels("failed").Inc();

    /// <summary>All that was published is acknowledged and committed.</summary>
    /// <param name="scores">How its forecasts did.</param>
    /// <param name="version">Version in force.</param>
    public void Committed(LiveScores scores, ModelVersion version)
    {
        metrics.Commits.WithLabels("ok").Inc();
        metrics.ForecastsPublished.Inc(unacknowledged);
        metrics.ForecastsWithheld.Inc(withheldSinceCommit);
        (unacknowledged, withheldSinceCommit) = (0, 0);
        metrics.SetModelVersion(version.Name);
        Report(scores);
    }

    /// <summary>What was published since the last commit was lost, or will be published again.</summary>
    public void Lost() => (unacknowledged, withheldSinceCommit) = (0, 0);

    /// <summary>How far the tasks are; also while nothing can be committed.</summary>
    /// <param name="tasks">Tasks of the lane.</param>
    /// <param name="logEnd">Log end of a partition, as far as known.</param>
    public void Report(IReadOnlyCollection<PartitionTask> tasks, Func<int, long> logEnd)
    {
        long series = 0, bytes = 0, replaying = 0, lag = 0, streamTime = long.MinValue;
        foreach (PartitionTask task in tasks)
        {
            series += task.Series.Count;
            bytes += task.Series.EstimateBytes();
            replaying += task.IsReplaying ? 1 : 0;
            streamTime = Math.Max(streamTime, task.StreamTimeTicks);
            lag += task.Report(logEnd(task.Partition));
        }

        gauges.SeriesActive = series;
        gauges.StateBytes = bytes;
        gauges.TasksRestoring = replaying;
        gauges.TasksRunning = tasks.Count - replaying;
        gauges.NewestEventTicks = streamTime;
        gauges.LagRecords = lag;
    }

    private void Report(LiveScores scores)
    {
        gauges.Errors = scores.Mixture[0];
        gauges.Settled = scores.Settled[0];
        for (int k = 0; k < horizons.Count; k++)
        {
            int settled = (int)(scores.Settled[k] - reportedSettled[k]);
            if (settled > 0)
            {
                metrics.Accuracy.AddErrors(
                    horizons[k], settled, scores.Mixture[k] - reportedErrors[k], scores.Naive[k] - reportedNaive[k]);
                reportedErrors[k] = scores.Mixture[k];
                reportedNaive[k] = scores.Naive[k];
                reportedSettled[k] = scores.Settled[k];
            }
        }

        int intervals = (int)(scores.WithInterval - reportedIntervals);
        if (intervals > 0)
        {
            metrics.Accuracy.AddCoverage(intervals, (int)(scores.Covered - reportedCovered));
            (reportedIntervals, reportedCovered) = (scores.WithInterval, scores.Covered);
        }
    }
}

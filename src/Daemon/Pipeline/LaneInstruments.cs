using Streaming.Daemon.Configuration;
using Streaming.Daemon.Serving;
using Streaming.Inference.Experts;
using Streaming.Inference.Series;

namespace Streaming.Daemon.Pipeline;

/// <summary>What a forecasting lane tells about itself: metrics and health, fed once a gather, wave or
/// commit.</summary>
internal sealed class LaneInstruments : ReadingInstruments
{
    private readonly ForecasterMetrics metrics;
    private readonly LaneMetrics gauges;
    private readonly IReadOnlyList<int> horizons;
    private readonly double[] reportedErrors;
    private readonly double[] reportedNaive;
    private readonly long[] reportedSettled;
    private readonly double[] reportedWeights = new double[ExpertFamilies.Names.Length];
    private readonly double[] freshWeights = new double[ExpertFamilies.Names.Length];
    private long reportedCovered;
    private long reportedIntervals;
    private long reportedWeighed;
    private PublishedCounts sinceCommit;

    public LaneInstruments(
        ForecasterOptions options, ForecasterMetrics metrics, HealthState health, int lane, int lanes)
        : base(options, metrics, health.Lane(lane))
    {
        (this.metrics, Lanes) = (metrics, lanes);
        horizons = options.Model.Horizons;
        gauges = metrics.Lane(lane);
        reportedErrors = new double[horizons.Count];
        reportedNaive = new double[horizons.Count];
        reportedSettled = new long[horizons.Count];
    }

    /// <summary>Lanes of this process.</summary>
    public int Lanes { get; }

    public void Waved(int steps, TimeSpan elapsed) => metrics.ObserveWave(steps, elapsed);

    /// <summary>Counts what a task has left out and let go since it was last asked.</summary>
    public void Took(PartitionTask task)
    {
        metrics.ObservationsExcluded.Inc(task.Intake.Excluded);
        metrics.SeriesEvicted.Inc(task.Series.Evicted);
        (task.Intake.Excluded, task.Series.Evicted) = (0, 0);
    }

    /// <summary>Counts an observation whose covariates are others than configured.</summary>
    public void IgnoredCovariates() => metrics.CovariatesIgnored.Inc();

    /// <summary>Counts forecasts, from the next commit on.</summary>
    public void Published(in PublishedCounts counts) => sinceCommit.Add(counts);

    /// <summary>All that was published is acknowledged and committed.</summary>
    /// <param name="scores">How its forecasts did.</param>
    /// <param name="version">Version in force.</param>
    public void Committed(LiveScores scores, ModelVersion version)
    {
        CountCommit();
        metrics.ForecastsPublished.Inc(sinceCommit.Published);
        metrics.ForecastsWithheld.Inc(sinceCommit.Withheld);
        metrics.Anomalies.WithLabels("spike").Inc(sinceCommit.Spikes);
        metrics.Anomalies.WithLabels("level-shift").Inc(sinceCommit.LevelShifts);
        metrics.Anomalies.WithLabels("gap").Inc(sinceCommit.Gaps);
        sinceCommit = default;
        metrics.SetModelVersion(version.Name);
        Report(scores);
    }

    public override void Lost() => sinceCommit = default;

    /// <summary>How far the tasks are; also while nothing can be committed.</summary>
    /// <param name="tasks">Tasks of the lane.</param>
    /// <param name="opening">How many have not begun.</param>
    /// <param name="logEnd">Log end of a partition, as far as known.</param>
    public void Report(PartitionTask[] tasks, int opening, Func<int, long> logEnd)
    {
        long series = 0, bytes = 0, replaying = 0, stopped = 0, lag = 0, streamTime = long.MinValue;
        foreach (PartitionTask task in tasks)
        {
            series += task.Series.Count;
            bytes += task.Series.EstimateBytes();
            replaying += task.IsReplaying ? 1 : 0;
            stopped += task.Reading.IsStopped ? 1 : 0;
            streamTime = Math.Max(streamTime, task.StreamTimeTicks);
            lag += task.Report(logEnd(task.Partition));
        }

        gauges.SeriesActive = series;
        gauges.StateBytes = bytes;
        gauges.TasksRestoring = replaying + opening;
        gauges.TasksStopped = stopped;
        gauges.TasksRunning = tasks.Length - replaying - stopped;
        gauges.NewestEventTicks = streamTime;
        gauges.LagRecords = lag;
    }

    /// <summary>Series that have seen too few steps.</summary>
    public void Cold(long series) => gauges.SeriesCold = series;

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

        ReportWeights(scores);
    }

    private void ReportWeights(LiveScores scores)
    {
        long count = scores.Weighed - reportedWeighed;
        if (count > 0)
        {
            for (int f = 0; f < freshWeights.Length; f++)
            {
                freshWeights[f] = scores.Weights[f] - reportedWeights[f];
                reportedWeights[f] = scores.Weights[f];
            }

            metrics.Accuracy.AddWeights(count, freshWeights);
            reportedWeighed = scores.Weighed;
        }
    }
}

using System.Globalization;
using Prometheus;

namespace Streaming.Daemon.Serving;

/// <summary>The metrics that lanes and trainer feed, in a registry of their own.</summary>
/// <remarks>
/// Thread-safe. Feed it in batches: add counts once a gather or a wave, and keep a labelled child instead of asking
/// for it again (WithLabels looks it up). What several lanes share goes through <see cref="Lane"/>, what belongs to a
/// partition through <see cref="Partition"/>.
/// </remarks>
internal sealed class ForecasterMetrics
{
    private const int MaxLanes = 1_024;

    private readonly Lock gate = new();
    private readonly Dictionary<int, LaneMetrics> lanes = [];
    private readonly Dictionary<(string Topic, int Partition), PartitionMetrics> partitions = [];
    private readonly MetricFactory factory;
    private readonly TimeProvider clock;
    private readonly Gauge seriesActive;
    private readonly Gauge seriesCold;
    private readonly Gauge stateBytes;
    private readonly Gauge eventTimeLag;
    private readonly Gauge taskState;
    private readonly Gauge modelInfo;
    private readonly Histogram stepDuration;
    private readonly Histogram waveSize;
    private string? modelVersion;

    /// <param name="clock">Tells the event time lag at a scrape; null for the system's.</param>
    public ForecasterMetrics(TimeProvider? clock = null)
    {
        this.clock = clock ?? TimeProvider.System;
        factory = Metrics.WithCustomRegistry(Registry);
        factory.ExemplarBehavior = ExemplarBehavior.NoExemplars();
        RecordsConsumed = Counter(MetricTable.RecordsConsumed);
        RecordsRejected = Counter(MetricTable.RecordsRejected);
        LateRecords = Counter(MetricTable.LateRecords);
        ObservationsExcluded = Counter(MetricTable.ObservationsExcluded);
        ObservationsRepartitioned = Counter(MetricTable.ObservationsRepartitioned);
        CovariatesIgnored = Counter(MetricTable.CovariatesIgnored);
        SeriesEvicted = Counter(MetricTable.SeriesEvicted);
        ForecastsPublished = Counter(MetricTable.ForecastsPublished);
        ForecastsWithheld = Counter(MetricTable.ForecastsWithheld);
        Anomalies = Counter(MetricTable.Anomalies, "spike", "level-shift", "gap");
        TrainingRuns = Counter(MetricTable.TrainingRuns, "promoted", "kept", "shadowed", "rolled-back", "failed");
        TrainingDuration = Histogram(
            MetricTable.TrainingDuration, Prometheus.Histogram.ExponentialBuckets(0.125, 2, 14));
        TrainingLoss = Gauge(MetricTable.TrainingLoss);
        TrainingWindowsDropped = Counter(MetricTable.TrainingWindowsDropped);
        Rebalances = Counter(MetricTable.Rebalances, "assigned", "revoked", "lost");
        Commits = Counter(MetricTable.Commits, "ok", "failed");
        Transactions = Counter(MetricTable.Transactions, "committed", "aborted");
        Accuracy = new(
            Gauge(MetricTable.ForecastErrorRatio), Gauge(MetricTable.IntervalCoverage), Gauge(MetricTable.ExpertWeight));
        ConsumerLag = Gauge(MetricTable.ConsumerLag);
        RestoreRemaining = Gauge(MetricTable.RestoreRemaining);
        RestoreDuration = Histogram(
            MetricTable.RestoreDuration, Prometheus.Histogram.ExponentialBuckets(0.0625, 2, 16));
        CheckpointLag = Gauge(MetricTable.CheckpointLag);
        StoppedOffset = Gauge(MetricTable.StoppedOffset);
        StateBytesRestored = Counter(MetricTable.StateBytesRestored);
        StateLost = Counter(MetricTable.StateLost, "damaged", "changed", "cut");
        seriesActive = Gauge(MetricTable.SeriesActive);
        seriesCold = Gauge(MetricTable.SeriesCold);
        stateBytes = Gauge(MetricTable.StateBytes);
        eventTimeLag = Gauge(MetricTable.EventTimeLag);
        taskState = Gauge(MetricTable.TaskState);
        modelInfo = Gauge(MetricTable.ModelInfo);
        stepDuration = Histogram(MetricTable.StepDuration, Prometheus.Histogram.ExponentialBuckets(1e-6, 2, 16));
        waveSize = Histogram(MetricTable.WaveSize, Prometheus.Histogram.ExponentialBuckets(1, 2, 13));
        Registry.AddBeforeCollectCallback(SumLanes);
        DotNetStats.Register(Registry);
    }

    /// <summary>What /metrics exports: our metrics, and processor time and memory of the process.</summary>
    public CollectorRegistry Registry { get; } = Metrics.NewCustomRegistry();

    /// <summary>Labels: topic, format.</summary>
    public Counter RecordsConsumed { get; }

    /// <summary>Label: reason, out of a fixed list.</summary>
    public Counter RecordsRejected { get; }

    public Counter LateRecords { get; }

    public Counter ObservationsExcluded { get; }

    public Counter ObservationsRepartitioned { get; }

    public Counter CovariatesIgnored { get; }

    public Counter SeriesEvicted { get; }

    public Counter StateBytesRestored { get; }

    /// <summary>Label: reason (damaged, changed, cut).</summary>
    public Counter StateLost { get; }

    public Counter ForecastsPublished { get; }

    public Counter ForecastsWithheld { get; }

    /// <summary>Label: kind (spike, level-shift, gap).</summary>
    public Counter Anomalies { get; }

    /// <summary>Label: result (promoted, kept, shadowed, rolled-back, failed).</summary>
    public Counter TrainingRuns { get; }

    /// <summary>In seconds.</summary>
    public Histogram TrainingDuration { get; }

    /// <summary>Label: model (champion, challenger).</summary>
    public Gauge TrainingLoss { get; }

    public Counter TrainingWindowsDropped { get; }

    /// <summary>Label: type (assigned, revoked, lost).</summary>
    public Counter Rebalances { get; }

    /// <summary>Label: result (ok, failed).</summary>
    public Counter Commits { get; }

    /// <summary>Label: result (committed, aborted).</summary>
    public Counter Transactions { get; }

    /// <summary>In seconds.</summary>
    public Histogram RestoreDuration { get; }

    /// <summary>Tells how long things took.</summary>
    public TimeProvider Clock => clock;

    /// <summary>Errors against seasonal naive, and interval coverage.</summary>
    public AccuracyMetrics Accuracy { get; }

    internal Gauge ConsumerLag { get; }

    internal Gauge RestoreRemaining { get; }

    internal Gauge CheckpointLag { get; }

    internal Gauge StoppedOffset { get; }

    /// <summary>Counts a wave.</summary>
    /// <param name="steps">Steps in it, at least 1.</param>
    /// <param name="elapsed">Time the whole wave took.</param>
    public void ObserveWave(int steps, TimeSpan elapsed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        stepDuration.Observe(elapsed.TotalSeconds / steps, steps);
        waveSize.Observe(steps);
    }

    /// <summary>Names the version in force; the one before is no longer exported.</summary>
    public void SetModelVersion(string version)
    {
        lock (gate)
        {
            if (modelVersion is not null && modelVersion != version)
            {
                modelInfo.RemoveLabelled(modelVersion);
            }

            modelInfo.WithLabels(version).Set(1);
            modelVersion = version;
        }
    }

    /// <summary>The gauges of a lane, whose sum over lanes is exported.</summary>
    public LaneMetrics Lane(int lane)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lane);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(lane, MaxLanes);
        lock (gate)
        {
            return lanes.TryGetValue(lane, out LaneMetrics? found) ? found : lanes[lane] = new();
        }
    }

    /// <summary>Records that the lanes have not processed yet.</summary>
    public long LagRecords()
    {
        lock (gate)
        {
            return lanes.Values.Sum(lane => lane.LagRecords);
        }
    }

    /// <summary>What the lanes report, taken together.</summary>
    public LaneTotals Totals()
    {
        lock (gate)
        {
            return new(
                lanes.Values.Sum(lane => lane.SeriesActive), lanes.Values.Sum(lane => lane.SeriesCold),
                lanes.Values.Sum(lane => lane.LagRecords), EventTimeLagSeconds());
        }
    }

    /// <summary>Settled forecasts of the first horizon, and the sum of their scaled errors, since the start.</summary>
    public (long Settled, double Errors) LiveErrors()
    {
        lock (gate)
        {
            return (lanes.Values.Sum(lane => lane.Settled), lanes.Values.Sum(lane => lane.Errors));
        }
    }

    /// <summary>The gauges of an owned partition; dispose them when the partition leaves.</summary>
    /// <remarks>Where a partition moves between lanes, the gauges stay until the last owner has let go.</remarks>
    public PartitionMetrics Partition(string topic, int partition)
    {
        lock (gate)
        {
            if (!partitions.TryGetValue((topic, partition), out PartitionMetrics? metrics))
            {
                metrics = partitions[(topic, partition)] = new(this, topic, partition);
            }

            metrics.Holders++;
            return metrics;
        }
    }

    internal void Release(PartitionMetrics metrics)
    {
        lock (gate)
        {
            if (--metrics.Holders == 0)
            {
                partitions.Remove((metrics.Topic, metrics.Partition));
                string label = metrics.Partition.ToString(CultureInfo.InvariantCulture);
                ConsumerLag.RemoveLabelled(metrics.Topic, label);
                RestoreRemaining.RemoveLabelled(metrics.Topic, label);
                CheckpointLag.RemoveLabelled(metrics.Topic, label);
                StoppedOffset.RemoveLabelled(metrics.Topic, label);
            }
        }
    }

    private void SumLanes()
    {
        lock (gate)
        {
            seriesActive.Set(lanes.Values.Sum(lane => lane.SeriesActive));
            seriesCold.Set(lanes.Values.Sum(lane => lane.SeriesCold));
            stateBytes.Set(lanes.Values.Sum(lane => lane.StateBytes));
            taskState.WithLabels("restoring").Set(lanes.Values.Sum(lane => lane.TasksRestoring));
            taskState.WithLabels("stopped").Set(lanes.Values.Sum(lane => lane.TasksStopped));
            taskState.WithLabels("running").Set(lanes.Values.Sum(lane => lane.TasksRunning));
            if (EventTimeLagSeconds() is { } lag)
            {
                eventTimeLag.Set(lag);
            }
        }
    }

    /// <remarks>The gate is held.</remarks>
    private double? EventTimeLagSeconds()
    {
        long[] newest = [.. lanes.Values.Select(lane => lane.NewestEventTicks).Where(ticks => ticks > 0)];
        return newest.Length > 0
            ? (clock.GetUtcNow().UtcTicks - newest.Min()) / (double)TimeSpan.TicksPerSecond
            : null;
    }

    /// <param name="definition">Its single label takes the known values, so that each is exported from zero.</param>
    /// <param name="known">Values of the label.</param>
    private Counter Counter(MetricDefinition definition, params ReadOnlySpan<string> known)
    {
        Counter counter = factory.CreateCounter(definition.Name, definition.Meaning, definition.Labels);
        foreach (string value in known)
        {
            _ = counter.WithLabels(value).Value;
        }

        return counter;
    }

    /// <remarks>A gauge that was never set is not exported: zero would be a false reading.</remarks>
    private Gauge Gauge(MetricDefinition definition) => factory.CreateGauge(
        definition.Name, definition.Meaning, definition.Labels, new GaugeConfiguration { SuppressInitialValue = true });

    private Histogram Histogram(MetricDefinition definition, double[] buckets) => factory.CreateHistogram(
        definition.Name, definition.Meaning, definition.Labels, new HistogramConfiguration { Buckets = buckets });
}

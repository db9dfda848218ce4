using static Streaming.Daemon.Serving.MetricKind;

namespace Streaming.Daemon.Serving;

/// <summary>Every metric of the forecaster: the one place that names them.</summary>
internal static class MetricTable
{
    public static readonly MetricDefinition RecordsConsumed = new(
        "forecaster_records_consumed_total", Counter, ["topic", "format"],
        "Records read from an input topic, refused ones included.");

    public static readonly MetricDefinition RecordsRejected = new(
        "forecaster_records_rejected_total", Counter, ["reason"],
        "Records refused; they go to the dead-letter topic, of late ones a sample, of silent history none.");

    public static readonly MetricDefinition LateRecords = new(
        "forecaster_late_records_total", Counter, [],
        "Records whose step had already closed; not used for any forecast.");

    public static readonly MetricDefinition ObservationsExcluded = new(
        "forecaster_observations_excluded_total", Counter, [],
        "Observations that are not to be forecast, by Input:Include, Input:Exclude and Input:Buckets.");

    public static readonly MetricDefinition ObservationsRepartitioned = new(
        "forecaster_observations_repartitioned_total", Counter, [],
        "Observations that the repartition topic has acknowledged.");

    public static readonly MetricDefinition CovariatesIgnored = new(
        "forecaster_covariates_ignored_total", Counter, [],
        "Observations of the repartition topic whose covariates have other names than Input:Covariates; used without.");

    public static readonly MetricDefinition ConsumerLag = new(
        "forecaster_consumer_lag_records", Gauge, ["topic", "partition"],
        "Records in an owned partition of the input or repartition topic that have not been processed yet.");

    public static readonly MetricDefinition EventTimeLag = new(
        "forecaster_event_time_lag_seconds", Gauge, [],
        "Wall clock minus the newest event time, of the lane that is furthest behind.");

    public static readonly MetricDefinition StepDuration = new(
        "forecaster_step_duration_seconds", Histogram, [],
        "Time of one step of one series; its sum is the time spent in waves.");

    public static readonly MetricDefinition WaveSize = new(
        "forecaster_wave_size", Histogram, [],
        "Steps computed together in one wave.");

    public static readonly MetricDefinition ForecastsPublished = new(
        "forecaster_forecasts_published_total", Counter, [],
        "Forecasts that Kafka acknowledged.");

    public static readonly MetricDefinition ForecastsWithheld = new(
        "forecaster_forecasts_withheld_total", Counter, [],
        "Forecasts that Series:Publish and Series:PublishEverySteps leave out.");

    public static readonly MetricDefinition Anomalies = new(
        "forecaster_anomalies_total", Counter, ["kind"],
        "Alarms in published forecasts: spike, level-shift or gap.");

    public static readonly MetricDefinition TrainingRuns = new(
        "forecaster_training_runs_total", Counter, ["result"],
        "Fine-tuning runs: promoted, kept (the version stayed), shadowed (better, but not to be adopted), "
        + "rolled-back or failed.");

    public static readonly MetricDefinition TrainingDuration = new(
        "forecaster_training_duration_seconds", Histogram, [],
        "Wall-clock time of one fine-tuning run, its judging included.");

    public static readonly MetricDefinition TrainingLoss = new(
        "forecaster_training_loss", Gauge, ["model"],
        "Loss of champion and challenger on the steps that came after the challenger's snapshot.");

    public static readonly MetricDefinition TrainingWindowsDropped = new(
        "forecaster_training_windows_dropped_total", Counter, [],
        "Windows the trainer had no room for; forecasts are not affected.");

    public static readonly MetricDefinition ModelInfo = new(
        "forecaster_model_info", Gauge, ["version"],
        "Always 1; the label is the version in force.");

    public static readonly MetricDefinition ForecastErrorRatio = new(
        "forecaster_forecast_error_ratio", Gauge, ["horizon"],
        "Mean scaled absolute error over that of seasonal naive, recent forecasts first; below 1 is better.");

    public static readonly MetricDefinition IntervalCoverage = new(
        "forecaster_interval_coverage_ratio", Gauge, [],
        "Share of recent values that fell within the outermost forecast interval.");

    public static readonly MetricDefinition ExpertWeight = new(
        "forecaster_expert_weight_ratio", Gauge, ["expert"],
        "Mean weight of the experts of a kind in recent forecasts, over series and horizons.");

    public static readonly MetricDefinition SeriesActive = new(
        "forecaster_series_active", Gauge, [],
        "Series kept in memory.");

    public static readonly MetricDefinition SeriesCold = new(
        "forecaster_series_cold", Gauge, [],
        "Series kept that have not seen enough steps yet; counted every ten seconds.");

    public static readonly MetricDefinition SeriesEvicted = new(
        "forecaster_series_evicted_total", Counter, [],
        "Series forgotten after Series:IdleAfter without a value.");

    public static readonly MetricDefinition StateBytes = new(
        "forecaster_state_bytes", Gauge, [],
        "Memory of windows, model states and ledgers of all series.");

    public static readonly MetricDefinition StateBytesRestored = new(
        "forecaster_state_restored_bytes_total", Counter, [],
        "Bytes of stored state that were read back.");

    public static readonly MetricDefinition StateLost = new(
        "forecaster_state_lost_series_total", Counter, ["reason"],
        "Series whose stored state could not be used: damaged, changed, for its rules give it another form now, or cut, "
        + "for retention has deleted records since.");

    public static readonly MetricDefinition TaskState = new(
        "forecaster_task_state", Gauge, ["state"],
        "Owned partitions by state: restoring, running or stopped.");

    public static readonly MetricDefinition StoppedOffset = new(
        "forecaster_partition_stopped_offset", Gauge, ["topic", "partition"],
        "Offset at which an owned partition is stopped: its record ended the process three times, or the topic has "
        + "grown; else absent.");

    public static readonly MetricDefinition RestoreRemaining = new(
        "forecaster_restore_remaining_records", Gauge, ["topic", "partition"],
        "Records still to be read before a partition's state is whole.");

    public static readonly MetricDefinition RestoreDuration = new(
        "forecaster_restore_duration_seconds", Histogram, [],
        "Time from the assignment of a partition until it is live: state read back, log read again.");

    public static readonly MetricDefinition CheckpointLag = new(
        "forecaster_checkpoint_lag_records", Gauge, ["topic", "partition"],
        "Records that the next owner of a partition would read again to make its state whole.");

    public static readonly MetricDefinition Rebalances = new(
        "forecaster_rebalances_total", Counter, ["type"],
        "Rebalance callbacks: assigned, revoked or lost.");

    public static readonly MetricDefinition Commits = new(
        "forecaster_commits_total", Counter, ["result"],
        "Commits of consumed offsets: ok or failed.");

    public static readonly MetricDefinition Transactions = new(
        "forecaster_transactions_total", Counter, ["result"],
        "Kafka transactions that have ended: committed or aborted; none with State:Delivery at-least-once.");

    /// <summary>All of them, in the order of the documentation.</summary>
    public static IReadOnlyList<MetricDefinition> All { get; } =
    [
        RecordsConsumed, RecordsRejected, LateRecords, ObservationsExcluded, ObservationsRepartitioned,
        CovariatesIgnored, ConsumerLag, EventTimeLag, StepDuration, WaveSize, ForecastsPublished, ForecastsWithheld,
        Anomalies, TrainingRuns, TrainingDuration, TrainingLoss, TrainingWindowsDropped, ModelInfo, ForecastErrorRatio,
        IntervalCoverage, ExpertWeight, SeriesActive, SeriesCold, SeriesEvicted, StateBytes,
        StateBytesRestored, StateLost, TaskState, StoppedOffset,
        RestoreRemaining, RestoreDuration, CheckpointLag, Rebalances, Commits, Transactions,
    ];
}

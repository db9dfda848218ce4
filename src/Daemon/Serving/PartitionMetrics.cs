using System.Globalization;
using Prometheus;

namespace Streaming.Daemon.Serving;

/// <summary>Gauges of one owned partition; disposing them takes them out of /metrics.</summary>
/// <remarks>One writer, the partition's lane. Each owner disposes once.</remarks>
internal sealed class PartitionMetrics : IDisposable
{
    private readonly ForecasterMetrics owner;
    private readonly Gauge.Child lag;
    private readonly Gauge.Child restoreRemaining;
    private readonly string label;

    internal PartitionMetrics(ForecasterMetrics owner, string topic, int partition)
    {
        this.owner = owner;
        Topic = topic;
        Partition = partition;
        label = partition.ToString(CultureInfo.InvariantCulture);
        lag = owner.ConsumerLag.WithLabels(topic, label);
        restoreRemaining = owner.RestoreRemaining.WithLabels(topic, label);
    }

    public string Topic { get; }

    public int Partition { get; }

    /// <summary>Owners that have not disposed yet; guarded by <see cref="ForecasterMetrics"/>.</summary>
    internal int Holders { get; set; }

    /// <summary>Records between the next one to process and the log's end.</summary>
    public void SetLag(long records) => lag.Set(records);

    /// <summary>Records to read until the state is whole; 0 when it is.</summary>
    public void SetRestoreRemaining(long records) => restoreRemaining.Set(records);

    /// <summary>Records between the one where a replay would begin and the next one to process.</summary>
    public void SetCheckpointLag(long records) => owner.CheckpointLag.WithLabels(Topic, label).Set(records);

    /// <summary>The partition is read no further than this offset.</summary>
    public void SetStopped(long offset) => owner.StoppedOffset.WithLabels(Topic, label).Set(offset);

    public void Dispose() => owner.Release(this);
}

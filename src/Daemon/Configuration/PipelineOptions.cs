using System.ComponentModel.DataAnnotations;

namespace Streaming.Daemon.Configuration;

/// <summary>Lanes, batches, commits and the bounds of what is kept.</summary>
internal sealed record PipelineOptions
{
    /// <summary>Lanes of this process; where records are repartitioned, as many more do that. 0: half the cores, at least 1.
    /// Default 0.</summary>
    [Range(0, 64)]
    public int Lanes { get; init; }

    /// <summary>Records a lane takes at a time, at most. Default 2048.</summary>
    [Range(1, 65_536)]
    public int GatherRecords { get; init; } = 2_048;

    /// <summary>How long a lane waits for a first record. Default 50 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:10")]
    public TimeSpan GatherWait { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Time between commits. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:10:00")]
    public TimeSpan CommitInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Series a partition keeps, at most; further ones are refused and counted. Default 1,000,000.</summary>
    [Range(1, 100_000_000)]
    public int MaxSeriesPerPartition { get; init; } = 1_000_000;

    /// <summary>Memory that the series of a process may take, in bytes: a partition refuses new ones once those it has
    /// may take its share, by the formula of docs/memory.md. 0: no bound. Default 0.</summary>
    [Range(0L, long.MaxValue)]
    public long MaxStateBytes { get; init; }

    /// <summary>Partitions that share MaxStateBytes: as many as one process may come to hold. Not counted anew as
    /// partitions come and go: what is refused must not depend on it. Default 1.</summary>
    [Range(1, 100_000)]
    public int MaxPartitions { get; init; } = 1;

    /// <summary>Anomaly score from which a value is called an anomaly. Default 0.9995.</summary>
    [Range(0.5, 1.0)]
    public double AnomalyThreshold { get; init; } = 0.9995;
}

namespace Streaming.Daemon.Kafka;

/// <summary>Where a partition's log ends.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="Stable">Offset up to which readers of committed records come: that of the oldest open
/// transaction.</param>
/// <param name="End">Offset after the last record.</param>
internal sealed record LogEnds(int Partition, long Stable, long End)
{
    public bool HasOpenTransaction => Stable < End;
}

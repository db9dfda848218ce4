namespace Streaming.Daemon.Cli.Operations;

/// <summary>What a compacted topic holds.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Keys">Keys whose last value is not null, with their partitions.</param>
/// <param name="Ends">Where each partition ended when it was read.</param>
internal sealed record TopicContent(
    string Topic, IReadOnlyList<(int Partition, byte[] Key)> Keys, IReadOnlyList<long> Ends);

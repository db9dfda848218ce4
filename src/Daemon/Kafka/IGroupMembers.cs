namespace Streaming.Daemon.Kafka;

/// <summary>Tells who is in a group.</summary>
internal interface IGroupMembers : IDisposable
{
    /// <summary>The members of a group; none where there is no such group.</summary>
    /// <param name="group">The group.</param>
    /// <param name="topic">Topic whose partitions are told.</param>
    /// <exception cref="KafkaPortException">No answer in time, or refused.</exception>
    IReadOnlyList<MemberPartitions> Describe(string group, string topic);
}

/// <summary>A member of a group and what it has.</summary>
/// <param name="ClientId">Its client.id.</param>
/// <param name="Partitions">Partitions of the topic that are its.</param>
internal sealed record MemberPartitions(string ClientId, IReadOnlyList<int> Partitions);

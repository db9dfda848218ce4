using Confluent.Kafka;
using Streaming.Daemon.Kafka;

namespace Daemon.Tests.Serving.Api;

/// <summary>A group that is as a test says.</summary>
internal sealed class MemoryGroup : IGroupMembers
{
    public List<MemberPartitions> Members { get; } = [];

    /// <summary>Why the brokers tell nothing; null: they do.</summary>
    public string? Trouble { get; set; }

    /// <summary>What goes wrong that nobody has thought of; null: nothing.</summary>
    public Exception? Bug { get; set; }

    public IReadOnlyList<MemberPartitions> Describe(string group, string topic) =>
        Bug is not null ? throw Bug
        : Trouble is null ? Members
        : throw new KafkaPortException(ErrorCode.GroupAuthorizationFailed, Trouble);

    public void Dispose()
    {
    }
}

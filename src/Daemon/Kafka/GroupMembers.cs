using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Kafka;

/// <summary>Opens what tells who is in a group.</summary>
internal static class GroupMembers
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <exception cref="KafkaPortException">The brokers don't answer.</exception>
    /// <exception cref="KafkaSetupException">It is the embedded cluster, which describes no group.</exception>
    public static IGroupMembers Open(KafkaOptions options, ILogger logger)
    {
        using (var metadata = new ClusterMetadata(options, logger))
        {
            if (EmbeddedCluster.IsIdOfOne(metadata.ClusterId(Timeout)))
            {
                throw new KafkaSetupException("the embedded cluster describes no group");
            }
        }

        return new ClusterAdmin(options, logger, Timeout);
    }
}

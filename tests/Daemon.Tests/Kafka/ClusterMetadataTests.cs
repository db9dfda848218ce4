using Microsoft.Extensions.Logging.Abstractions;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Tests.Kafka;

/// <summary>As far as the embedded cluster tells; the rest is in tests/Integration.</summary>
public sealed class ClusterMetadataTests
{
    [Fact]
    public void ClusterId_TwoClusters_TellsThemApart()
    {
        using PortBed first = new(partitions: 1), second = new(partitions: 1);
        using ClusterMetadata one = Metadata(first), same = Metadata(first), other = Metadata(second);

        Assert.Equal(one.ClusterId(PortBed.Patience), same.ClusterId(PortBed.Patience));
        Assert.NotEqual(one.ClusterId(PortBed.Patience), other.ClusterId(PortBed.Patience));
    }

    [Fact]
    public void Describe_EmbeddedCluster_TellsPartitionsAndNoPolicy()
    {
        using PortBed bed = new(partitions: 3);
        using ClusterMetadata metadata = Metadata(bed);

        TopicDescription? found = metadata.Describe(PortBed.Input, PortBed.Patience);

        Assert.Equal((PortBed.Input, 3), (found?.Name, found?.Partitions));
        Assert.Null(found?.CleanupPolicy);
        Assert.Null(found?.IsCompacted);
        Assert.Null(metadata.Describe("absent", PortBed.Patience));
        Assert.DoesNotContain("absent", metadata.PartitionCounts(PortBed.Patience).Keys);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("delete", false)]
    [InlineData("compact", true)]
    [InlineData("compact,delete", true)]
    public void IsCompacted_AnyPolicy_LooksForCompaction(string? policy, bool? expected) =>
        Assert.Equal(expected, new TopicDescription("t", 1, null, policy).IsCompacted);

    private static ClusterMetadata Metadata(PortBed bed) =>
        new(new KafkaOptions { BootstrapServers = bed.Cluster.BootstrapServers }, NullLogger.Instance);
}

using Streaming.Daemon.Configuration;

namespace Daemon.Tests.Pipeline;

public sealed class TaskTableMemoryTests
{
    /// <summary>A lane sees its own partitions; what the process holds follows from how groups spread them.</summary>
    [Theory]
    [InlineData(3, 1, 3, false)]
    [InlineData(3, 1, 2, true)]
    [InlineData(3, 2, 5, false)] // another lane may have two
    [InlineData(3, 2, 4, true)]
    [InlineData(1, 8, 1, false)] // others may have none
    public void Opened_MorePartitionsThanShareTheMemory_AreTold(int partitions, int lanes, int maxPartitions, bool isTold)
    {
        ForecasterOptions options = Pod.SmallOptions();
        var pipeline = new PipelineOptions
        {
            Lanes = lanes,
            MaxPartitions = maxPartitions,
            MaxStateBytes = 10L * maxPartitions * StateBound.BytesPerSeries(options),
        };
        var log = new ListLogger();
        using var pod = new Pod(new MemoryBroker(partitions), options with { Pipeline = pipeline }, logger: log);

        pod.RunToEnd();

        Assert.Equal(isTold, log.Lines.Any(line => line.Contains("Pipeline:MaxPartitions", StringComparison.Ordinal)));
    }
}

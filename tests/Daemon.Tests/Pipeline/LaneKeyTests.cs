using Streaming.Daemon.Configuration;

namespace Daemon.Tests.Pipeline;

/// <summary>Records without key, where repartitioning is off.</summary>
public sealed class LaneKeyTests
{
    [Theory]
    [InlineData("auto", 1, null, 1)]
    [InlineData("auto", 1, "k", 0)]
    [InlineData("auto", 0, null, 0)] // perhaps the only partition
    [InlineData("off", 1, null, 0)] // the operator knows
    public void Run_RecordsOfAPartition_AreNotedOnceWhereTheyHaveNoKey(
        string repartition, int partition, string? key, int notes)
    {
        var broker = new MemoryBroker(2);
        for (int i = 0; i < 3; i++)
        {
            long timeMs = MemoryBroker.Ms(Pod.Start.AddSeconds(i));
            broker.Add(partition, key, $"e f={i} {timeMs}000000", timeMs);
        }

        ForecasterOptions options = Pod.SmallOptions();
        var mode = (RepartitionMode)OptionNames.Parse(typeof(RepartitionMode), repartition)!;
        var log = new ListLogger();
        using var pod = new Pod(broker, options with { Input = new() { Repartition = mode } }, logger: log);

        pod.RunToEnd();

        Assert.Equal(3, broker.Forecasts.Count());
        Assert.Equal(notes, log.Lines.Count(line => line.Contains("come without key", StringComparison.Ordinal)));
    }
}

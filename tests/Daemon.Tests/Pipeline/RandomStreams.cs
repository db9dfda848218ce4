using System.Text;
using Streaming.Daemon.Kafka;

namespace Daemon.Tests.Pipeline;

/// <summary>Random logs with all that a stream can bring: gaps in offsets, late and future records, rubbish.</summary>
internal static class RandomStreams
{
    /// <param name="seed">Of everything.</param>
    /// <param name="partitions">Partitions, each with series of its own.</param>
    /// <param name="records">Records of a partition.</param>
    /// <param name="isKeyed">Whether series are where a producer would put their keys.</param>
    public static MemoryBroker Create(int seed, int partitions = 3, int records = 120, bool isKeyed = false)
    {
        var random = new Random(seed);
        var broker = new MemoryBroker(partitions);
        for (int p = 0; p < partitions; p++)
        {
            broker.LowMarks[p] = random.Next(3);
            DateTime time = Pod.Start;
            for (int i = 0; i < records; i++)
            {
                Add(broker, p, random, ref time, isKeyed);
            }
        }

        return broker;
    }

    /// <summary>Everything an undisturbed run makes of the logs, by partition and in order.</summary>
    public static OutputMessage[] Reference(int seed)
    {
        MemoryBroker broker = Create(seed);
        using var pod = new Pod(broker, Pod.SmallOptions());
        pod.RunToEnd();
        return [.. broker.Output];
    }

    private static void Add(MemoryBroker broker, int partition, Random random, ref DateTime time, bool isKeyed)
    {
        int gap = random.Next(12) == 0 ? random.Next(1, 4) : 0;
        string series = random.Next(3) == 0 ? $"e{partition}" : $"g{partition}-{random.Next(2)}";
        while (isKeyed && Murmur2.PartitionOf(Encoding.UTF8.GetBytes(series), broker.Partitions) != partition)
        {
            series += "x";
        }

        double value = Math.Round(random.NextDouble() * 100, 3);
        time += TimeSpan.FromSeconds(random.Next(1, 60));
        switch (random.Next(30))
        {
            case 0:
                broker.Add(partition, series, "not json", MemoryBroker.Ms(time), gap);
                break;
            case 1:
                broker.AddEvent(partition, series, time - TimeSpan.FromHours(1), value, gap);
                break;
            case 2:
                long timestampMs = MemoryBroker.Ms(time);
                broker.AddEvent(partition, series, time + TimeSpan.FromHours(5), value, gap);
                broker.Logs[partition][^1] = broker.Logs[partition][^1] with { TimestampMs = timestampMs };
                break;
            case 3:
                time += TimeSpan.FromMinutes(random.Next(1, 12)); // a gap, held or too long
                goto default;
            default:
                broker.AddEvent(partition, series, time, value, gap);
                break;
        }
    }

    /// <summary>Messages of each partition's records, whole, in order.</summary>
    public static ILookup<int, string> ByPartition(IEnumerable<OutputMessage> messages) =>
        messages.ToLookup(m => m.Origin.Partition, m => m.Whole);
}

/// <summary>Checks at each commit that all messages of the records it covers were acknowledged.</summary>
internal sealed class CommitGuard(MemoryBroker broker, OutputMessage[] reference)
{
    private readonly ILookup<int, OutputMessage> due = reference.ToLookup(m => m.Origin.Partition);
    private readonly HashSet<string> acknowledged = [];
    private int seen;

    public int Commits { get; private set; }

    public void Check(PartitionOffset[] next)
    {
        Commits++;
        for (; seen < broker.Output.Count; seen++)
        {
            acknowledged.Add(broker.Output[seen].Whole);
        }

        foreach (PartitionOffset place in next)
        {
            OutputMessage? missing = due[place.Partition].FirstOrDefault(m =>
                m.Origin.Offset < place.Offset && !acknowledged.Contains(m.Whole));
            Assert.True(missing is null, $"{place} was committed before this was acknowledged: {missing?.Text}");
        }
    }
}

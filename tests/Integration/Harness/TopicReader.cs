using System.Diagnostics;
using System.Text;
using Confluent.Kafka;

namespace Integration.Harness;

/// <summary>Reads all partitions of a topic from their beginning.</summary>
internal sealed class TopicReader : IDisposable
{
    private static readonly TimeSpan Request = TimeSpan.FromSeconds(10);

    private readonly IConsumer<byte[]?, byte[]?> consumer;
    private readonly TopicPartition[] partitions;
    private readonly List<KafkaMessage> messages = [];
    private readonly HashSet<string> distinct = [];
    private readonly HashSet<TopicPartitionOffset> ends = [];

    public TopicReader(TestCluster cluster, string topic)
    {
        consumer = new ConsumerBuilder<byte[]?, byte[]?>(new ConsumerConfig
        {
            BootstrapServers = cluster.BootstrapServers,
            GroupId = "test-reader", // never joined
            EnableAutoCommit = false,
            EnablePartitionEof = true,
            FetchWaitMaxMs = 10,
        }).SetLogHandler((_, _) => { }).Build();
        partitions = [.. Enumerable.Range(0, Deployment.Partitions).Select(p => new TopicPartition(topic, p))];
        consumer.Assign(partitions.Select(p => new TopicPartitionOffset(p, Offset.Beginning)));
    }

    /// <summary>What was read so far; in the order of the log within a partition.</summary>
    public IReadOnlyList<KafkaMessage> Messages => messages;

    /// <summary>Reads on until there are so many messages.</summary>
    /// <param name="count">Messages since the beginning.</param>
    /// <param name="daemon">Whose log tells why they do not come.</param>
    public void ReadUntil(int count, DaemonProcess daemon) =>
        Read(() => messages.Count >= count, () => $"{count} wanted.\n{daemon.Log}");

    /// <summary>Reads on until there are so many messages, repeated ones counted once.</summary>
    public void ReadUntilDistinct(int count, DaemonProcess daemon) =>
        Read(() => distinct.Count >= count, () => $"{distinct.Count} of {count} distinct ones.\n{daemon.Log}");

    /// <summary>Reads on to where the log ends now.</summary>
    public IReadOnlyList<KafkaMessage> ReadToEnd()
    {
        TopicPartitionOffset[] goals =
        [
            .. partitions.Select(p => new TopicPartitionOffset(p, consumer.QueryWatermarkOffsets(p, Request).High)),
        ];
        Read(() => goals.All(IsReached), () => $"to {string.Join(", ", goals.Select(g => g.Offset))}");
        return messages;
    }

    public void Dispose() => consumer.Dispose();

    private bool IsReached(TopicPartitionOffset goal) =>
        goal.Offset == 0 || consumer.Position(goal.TopicPartition) >= goal.Offset
        || ends.Any(end => end.TopicPartition == goal.TopicPartition && end.Offset >= goal.Offset);

    private void Read(Func<bool> enough, Func<string> goal)
    {
        long start = Stopwatch.GetTimestamp();
        while (!enough())
        {
            if (Stopwatch.GetElapsedTime(start) > Patience.Limit)
            {
                throw new TimeoutException($"{partitions[0].Topic}: {messages.Count} messages, {goal()}");
            }

            ConsumeResult<byte[]?, byte[]?>? result = consumer.Consume(TimeSpan.FromMilliseconds(100));
            if (result is { IsPartitionEOF: true })
            {
                ends.Add(result.TopicPartitionOffset);
            }
            else if (result is not null)
            {
                messages.Add(new(
                    result.Partition, result.Offset, result.Message.Key, result.Message.Value,
                    result.Message.Headers.ToDictionary(h => h.Key, h => Encoding.UTF8.GetString(h.GetValueBytes()))));
                distinct.Add(messages[^1].ValueText);
            }
        }
    }
}

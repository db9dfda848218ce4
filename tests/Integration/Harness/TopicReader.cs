using System.Diagnostics;
using System.Text;
using Confluent.Kafka;

namespace Integration.Harness;

/// <summary>Reads all partitions of a topic from their beginning, committed messages only.</summary>
internal sealed class TopicReader : IDisposable
{
    private static readonly TimeSpan Request = TimeSpan.FromSeconds(10);

    private readonly IConsumer<byte[]?, byte[]?> consumer;
    private readonly TopicPartition[] partitions;
    private readonly List<KafkaMessage> messages = [];
    private readonly HashSet<string> distinct = [];
    private readonly HashSet<TopicPartitionOffset> ends = [];

    public TopicReader(TestCluster cluster, string topic, int partitionCount = Deployment.Partitions)
    {
        consumer = new ConsumerBuilder<byte[]?, byte[]?>(new ConsumerConfig
        {
            BootstrapServers = cluster.BootstrapServers,
            GroupId = "test-reader", // never joined
            EnableAutoCommit = false,
            IsolationLevel = IsolationLevel.ReadCommitted,
            EnablePartitionEof = true,
            FetchWaitMaxMs = 10,
        }).SetLogHandler((_, _) => { }).Build();
        partitions = [.. Enumerable.Range(0, partitionCount).Select(p => new TopicPartition(topic, p))];
        consumer.Assign(partitions.Select(p => new TopicPartitionOffset(p, Offset.Beginning)));
    }

    /// <summary>What was read so far; in the order of the log within a partition.</summary>
    public IReadOnlyList<KafkaMessage> Messages => messages;

    /// <summary>Reads on until there are so many messages.</summary>
    /// <param name="count">Messages since the beginning.</param>
    /// <param name="daemon">Whose log tells why they do not come.</param>
    public void ReadUntil(int count, DaemonProcess daemon) => ReadUntil(count, () => daemon.Log);

    /// <summary>Reads on until there are so many messages.</summary>
    /// <param name="count">Messages since the beginning.</param>
    /// <param name="log">Tells why they do not come.</param>
    public void ReadUntil(int count, Func<string> log) =>
        Read(() => messages.Count >= count, () => $"{count} wanted.\n{log()}");

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
        long last = Stopwatch.GetTimestamp(); // of the newest message: what gets on, however slowly, is waited for
        while (!enough())
        {
            if (Stopwatch.GetElapsedTime(last) > Patience.Limit)
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
                last = Stopwatch.GetTimestamp();
            }
        }
    }
}

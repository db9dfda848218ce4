using System.Diagnostics;
using Confluent.Kafka;

namespace Benchmarks.Pipeline;

/// <summary>The plain loop that the daemon is measured against: consume a record, produce its value, nothing else.</summary>
/// <remarks>One thread, Confluent.Kafka, tuned: deep prefetch, no unused fields, no delivery reports.</remarks>
internal static class PassThrough
{
    /// <summary>Reads the input topic from its start and sends every value to the output topic.</summary>
    /// <returns>Records per second, from the first record to the last acknowledgement.</returns>
    public static double Run(string bootstrapServers, int records)
    {
        using IConsumer<Ignore, byte[]> consumer = new ConsumerBuilder<Ignore, byte[]>(new ConsumerConfig
        {
            BootstrapServers = bootstrapServers,
            GroupId = $"plain-{Guid.NewGuid():N}",
            GroupProtocol = GroupProtocol.Consumer,
            AutoOffsetReset = AutoOffsetReset.Earliest,
            EnableAutoCommit = false,
            EnableAutoOffsetStore = false,
            QueuedMinMessages = 1_000_000,
            FetchQueueBackoffMs = 10,
            FetchWaitMaxMs = 10,
            ConsumeResultFields = "none",
        }).Build();
        using IProducer<Null, byte[]> producer = new ProducerBuilder<Null, byte[]>(new ProducerConfig
        {
            BootstrapServers = bootstrapServers,
            EnableDeliveryReports = false,
            QueueBufferingMaxMessages = 1_000_000,
        }).Build();
        consumer.Subscribe(Workload.Input);
        ConsumeResult<Ignore, byte[]> first = consumer.Consume(TimeSpan.FromSeconds(30));
        long start = Stopwatch.GetTimestamp();
        Send(producer, first);
        for (int i = 1; i < records; i++)
        {
            Send(producer, consumer.Consume(TimeSpan.FromSeconds(30)));
        }

        producer.Flush(TimeSpan.FromMinutes(1));
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        consumer.Close();
        return records / seconds;
    }

    private static void Send(IProducer<Null, byte[]> producer, ConsumeResult<Ignore, byte[]> record)
    {
        var target = new TopicPartition(Workload.Output, record.Partition);
        while (true)
        {
            try
            {
                producer.Produce(target, new Message<Null, byte[]> { Value = record.Message.Value });
                return;
            }
            catch (ProduceException<Null, byte[]> e) when (e.Error.Code == ErrorCode.Local_QueueFull)
            {
                producer.Poll(TimeSpan.FromMilliseconds(10));
            }
        }
    }
}

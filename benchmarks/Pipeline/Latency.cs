using System.Diagnostics;
using System.Text.Json;
using Confluent.Kafka;

namespace Benchmarks.Pipeline;

/// <summary>Time from sending a record to receiving the forecast it brought about, at a steady rate.</summary>
internal static class Latency
{
    /// <summary>Sends at a steady rate for a while and reads the forecasts back.</summary>
    /// <param name="bootstrapServers">The cluster; a daemon runs on it.</param>
    /// <param name="workload">Its records.</param>
    /// <param name="firstStep">First step to send.</param>
    /// <param name="steps">Steps of all series to send; the first one opens the buckets.</param>
    /// <param name="recordsPerSecond">Rate.</param>
    /// <returns>Latencies in ms, ascending.</returns>
    public static double[] Run(
        string bootstrapServers, Workload workload, int firstStep, int steps, int recordsPerSecond)
    {
        var sent = new long[steps * workload.Series];
        var latencies = new List<double>((steps - 1) * workload.Series);
        using IConsumer<Ignore, byte[]> consumer = Observer(bootstrapServers);
        var sender = new Thread(() => SendAll(bootstrapServers, workload, firstStep, steps, recordsPerSecond, sent))
        {
            Name = "sender",
        };
        sender.Start();
        while (latencies.Count < (steps - 1) * workload.Series)
        {
            ConsumeResult<Ignore, byte[]>? result = consumer.Consume(TimeSpan.FromSeconds(20));
            if (result is null)
            {
                break;
            }

            long now = Stopwatch.GetTimestamp();
            (int number, int step) = Read(result.Message.Value);
            int at = step - firstStep;
            if (at >= 0 && at < steps - 1)
            {
                // the step was closed by the series' next record
                latencies.Add(Stopwatch.GetElapsedTime(sent[((at + 1) * workload.Series) + number], now).TotalMilliseconds);
            }
        }

        sender.Join();
        latencies.Sort();
        return [.. latencies];
    }

    private static IConsumer<Ignore, byte[]> Observer(string bootstrapServers)
    {
        IConsumer<Ignore, byte[]> consumer = new ConsumerBuilder<Ignore, byte[]>(new ConsumerConfig
        {
            BootstrapServers = bootstrapServers,
            GroupId = "observer",
            EnableAutoCommit = false,
            FetchWaitMaxMs = 5,
            ConsumeResultFields = "none",
        }).Build();
        consumer.Assign(Enumerable.Range(0, Workload.Partitions)
            .Select(p => new TopicPartitionOffset(Workload.Output, p, Offset.End)));
        consumer.Consume(TimeSpan.FromSeconds(2)); // lets the offsets be looked up before anything is sent
        return consumer;
    }

    private static void SendAll(
        string bootstrapServers, Workload workload, int firstStep, int steps, int recordsPerSecond, long[] sent)
    {
        using IProducer<byte[], byte[]> producer = Workload.Producer(bootstrapServers, lingerMs: 5);
        byte[][] keys = [.. Enumerable.Range(0, workload.Series).Select(Workload.Key)];
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < sent.Length; i++)
        {
            int number = i % workload.Series;
            byte[] value = Workload.Value(number, firstStep + (i / workload.Series));
            while (Stopwatch.GetElapsedTime(start).TotalSeconds * recordsPerSecond < i)
            {
                Thread.Sleep(1);
            }

            sent[i] = Stopwatch.GetTimestamp();
            Workload.Send(producer, keys[number], value);
        }

        producer.Flush(TimeSpan.FromSeconds(30));
    }

    private static (int Number, int Step) Read(byte[] forecast)
    {
        var reader = new Utf8JsonReader(forecast);
        int number = -1;
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            if (reader.ValueTextEquals("series"u8))
            {
                reader.Read();
                number = Workload.Number(reader.ValueSpan);
            }
            else if (reader.ValueTextEquals("time"u8))
            {
                reader.Read();
                return (number, Workload.StepOf(reader.GetDateTime().ToUniversalTime()));
            }
        }

        throw new InvalidDataException("A forecast has no time.");
    }
}

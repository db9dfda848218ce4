using System.Globalization;
using System.Text;
using Confluent.Kafka;

namespace Benchmarks.Pipeline;

/// <summary>The records of the pipeline benchmark: many series that take turns, one value a minute each.</summary>
internal sealed class Workload(int series)
{
    public const string Input = "bench-events";
    public const string Output = "bench-forecasts";
    public const string DeadLetters = "bench-dead-letters";
    public const int Partitions = 16;

    private static readonly DateTime Start = new(2026, 1, 5, 0, 0, 0, DateTimeKind.Utc);

    public int Series => series;

    /// <summary>Makes the topics that all daemons share.</summary>
    public static void CreateTopics(Brokers brokers)
    {
        brokers.CreateTopic(Input, Partitions);
        brokers.CreateTopic(Output, Partitions);
        brokers.CreateTopic(DeadLetters, 1);
    }

    public static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"meter-{number:00000}");

    /// <summary>Number of a series from its id.</summary>
    public static int Number(ReadOnlySpan<byte> id) => int.Parse(id[6..], CultureInfo.InvariantCulture);

    /// <summary>Step of an event time.</summary>
    public static int StepOf(DateTime time) => (int)((time - Start).Ticks / TimeSpan.TicksPerMinute);

    public static byte[] Key(int number) => Encoding.ASCII.GetBytes(Id(number));

    /// <summary>About 80 bytes of JSON: a daily wave, a level of the series' own, and noise.</summary>
    public static byte[] Value(int number, int step)
    {
        uint hash = unchecked((((uint)number * 2_654_435_761u) ^ ((uint)step * 40_503u)) * 2_246_822_519u);
        double wave = 20 * Math.Sin((step + number) * (2 * Math.PI / 1_440));
        double value = 100 + (number % 50) + wave + ((hash >> 8) * 5.0 / (1 << 24));
        return Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"series\":\"{Id(number)}\",\"time\":\"{Start.AddMinutes(step):yyyy-MM-ddTHH:mm:ssZ}\",\"value\":{value:F3}}}"));
    }

    /// <summary>A producer that keeps the load light on the machine under test: lz4, large batches.</summary>
    public static IProducer<byte[], byte[]> Producer(string bootstrapServers, double lingerMs) =>
        new ProducerBuilder<byte[], byte[]>(new ProducerConfig
        {
            BootstrapServers = bootstrapServers,
            CompressionType = CompressionType.Lz4,
            LingerMs = lingerMs,
            Partitioner = Partitioner.Murmur2Random,
            EnableDeliveryReports = false,
            QueueBufferingMaxMessages = 1_000_000,
        }).Build();

    /// <summary>Fills the input topic with whole steps of all series.</summary>
    /// <returns>Records produced.</returns>
    public int Fill(string bootstrapServers, int steps)
    {
        using IProducer<byte[], byte[]> producer = Producer(bootstrapServers, lingerMs: 50);
        byte[][] keys = [.. Enumerable.Range(0, series).Select(Key)];
        for (int step = 0; step < steps; step++)
        {
            for (int number = 0; number < series; number++)
            {
                Send(producer, keys[number], Value(number, step));
            }
        }

        producer.Flush(TimeSpan.FromMinutes(2));
        return steps * series;
    }

    /// <summary>Produces, and waits while the local queue is full.</summary>
    public static void Send(IProducer<byte[], byte[]> producer, byte[] key, byte[] value)
    {
        while (true)
        {
            try
            {
                producer.Produce(Input, new Message<byte[], byte[]> { Key = key, Value = value });
                return;
            }
            catch (ProduceException<byte[], byte[]> e) when (e.Error.Code == ErrorCode.Local_QueueFull)
            {
                producer.Poll(TimeSpan.FromMilliseconds(10));
            }
        }
    }
}

using Confluent.Kafka;

namespace Streaming.Daemon.Demo;

/// <summary>The demo's own client that plays the part of the user: reads every forecast, from every
/// partition.</summary>
internal sealed class ForecastReader : IDisposable
{
    private static readonly TimeSpan PollTimeout = TimeSpan.FromMilliseconds(100);

    private readonly IConsumer<Ignore, byte[]> consumer;

    /// <summary>Creates a reader of a topic from its start; it joins no group.</summary>
    public ForecastReader(string bootstrapServers, string topic, int partitions)
    {
        consumer = new ConsumerBuilder<Ignore, byte[]>(new ConsumerConfig
        {
            BootstrapServers = bootstrapServers,
            ClientId = "forecaster-demo-forecasts",
            GroupId = "forecaster-demo-reader",
            EnableAutoCommit = false,
            AutoOffsetReset = AutoOffsetReset.Error,
            FetchWaitMaxMs = 10,
            FetchQueueBackoffMs = 10,
            ConsumeResultFields = "none",
        }).SetLogHandler((_, _) => { }).Build();
        consumer.Assign(
            Enumerable.Range(0, partitions).Select(p => new TopicPartitionOffset(topic, p, Offset.Beginning)));
    }

    /// <summary>Reads until cancelled, on a thread of its own; each forecast is handed over in partition
    /// order.</summary>
    /// <exception cref="DemoException">A message is no forecast, or forecasts were dropped unread.</exception>
    public Task RunAsync(Action<ForecastMessage> onForecast, CancellationToken cancellation) => Task.Factory.StartNew(
        () => Run(onForecast, cancellation), CancellationToken.None, TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    /// <summary>Closes the client; only after <see cref="RunAsync"/> has ended.</summary>
    public void Dispose() => consumer.Dispose();

    private void Run(Action<ForecastMessage> onForecast, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            ConsumeResult<Ignore, byte[]>? result = null;
            try
            {
                result = consumer.Consume(PollTimeout);
                if (result is not null)
                {
                    onForecast(ForecastParser.Parse(result.Message.Value));
                }
            }
            catch (FormatException fault)
            {
                throw new DemoException($"Forecast at {result?.TopicPartitionOffset}: {fault.Message}", fault);
            }
            catch (ConsumeException fault) when (fault.Error.Code == ErrorCode.Local_AutoOffsetReset)
            {
                throw new DemoException($"Forecasts were dropped before they were read: {fault.Error.Reason}", fault);
            }
            catch (ConsumeException fault) when (!fault.Error.IsFatal)
            {
                // The client retries by itself; what stays away shows as missing forecasts.
            }
        }
    }
}

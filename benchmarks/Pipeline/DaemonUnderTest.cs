using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Streaming.Daemon.Cli;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Serving;
using Streaming.Inference.Experts;

namespace Benchmarks.Pipeline;

/// <summary>The ordinary daemon, in this process, on the benchmark's topics.</summary>
internal sealed class DaemonUnderTest : IAsyncDisposable
{
    private readonly WebApplication host;
    private readonly ForecasterMetrics metrics;

    private DaemonUnderTest(WebApplication host, ForecasterOptions options)
    {
        this.host = host;
        Options = options;
        metrics = host.Services.GetRequiredService<ForecasterMetrics>();
    }

    /// <summary>Where it is asked.</summary>
    public Uri Address => new(host.Urls.Single());

    /// <summary>Under which it runs.</summary>
    public ForecasterOptions Options { get; }

    public double Consumed => metrics.RecordsConsumed.WithLabels(Workload.Input, "json").Value;

    public double Published => metrics.ForecastsPublished.Value;

    /// <summary>Starts a daemon with a group of its own, so that it reads the topic from its start.</summary>
    /// <param name="brokers">Where the topics of the workload are.</param>
    /// <param name="training">Whether it learns meanwhile.</param>
    /// <param name="cloudEvents">Whether forecasts carry headers.</param>
    /// <param name="state">How it delivers and stores; null: as by default.</param>
    /// <param name="profile">What a series may cost.</param>
    public static async Task<DaemonUnderTest> StartAsync(
        Brokers brokers, TrainingMode training, bool cloudEvents, StateOptions? state = null,
        ExpertProfile profile = ExpertProfile.Balanced)
    {
        var options = new ForecasterOptions
        {
            Application = $"bench-{Guid.NewGuid():N}",
            Kafka = brokers.Options,
            Input = new() { Topic = Workload.Input },
            Output = new() { Topic = Workload.Output, DeadLetterTopic = Workload.DeadLetters, CloudEvents = cloudEvents },
            Series = new()
            {
                Profile = profile,
                Step = "00:01:00",
                MaxSkew = TimeSpan.FromDays(1),
                MaxFuture = TimeSpan.FromDays(3_650),
            },
            Model = new() { Hidden = 32, Horizons = [1] },
            Training = new() { Mode = training, Interval = TimeSpan.FromSeconds(2) },
            State = state ?? new(),
            Http = new() { Address = "127.0.0.1", Port = 0 },
        };
        brokers.CreateTopic(options.StateTopic, Workload.Partitions, isCompacted: true);
        brokers.CreateTopic(options.ModelsTopic, 1, isCompacted: true);
        WebApplication host = DaemonHost.Create(
            options, configure: builder => builder.Logging.SetMinimumLevel(LogLevel.Warning));
        await host.StartAsync();
        return new DaemonUnderTest(host, options);
    }

    /// <summary>Waits until every lane has joined and is restored.</summary>
    public async Task ReadyAsync()
    {
        HealthState health = host.Services.GetRequiredService<HealthState>();
        while (!health.Ready().Ok)
        {
            await Task.Delay(50);
        }
    }

    /// <summary>Waits until a number of forecasts are acknowledged.</summary>
    /// <returns>Records per second, from the first gather to the last acknowledgement.</returns>
    public async Task<double> MeasureAsync(int records, int forecasts)
    {
        long limit = Stopwatch.GetTimestamp() + (300 * Stopwatch.Frequency);
        long start = 0;
        while (Published < forecasts)
        {
            if (Stopwatch.GetTimestamp() > limit)
            {
                throw new TimeoutException($"{Consumed} of {records} records, {Published} of {forecasts} forecasts.");
            }

            start = start == 0 && Consumed > 0 ? Stopwatch.GetTimestamp() : start;
            await Task.Delay(start == 0 ? 1 : 20);
        }

        return records / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        await host.DisposeAsync();
    }
}

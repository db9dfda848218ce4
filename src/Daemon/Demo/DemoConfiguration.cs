using System.Globalization;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Demo;

/// <summary>The daemon's configuration in the demo, and the cadences of the bundled streams.</summary>
/// <remarks>
/// All CloudWatch files run at five minutes, some off the round minute, with gaps of up to 13 steps; two of them
/// have a stretch of doubled times (12 rows each share a step with their predecessor). The taxi file runs at half
/// an hour without a fault. No file runs backwards. Every one of them lives by the day.
/// </remarks>
internal static class DemoConfiguration
{
    /// <summary>Partitions of the events and the forecasts.</summary>
    public const int Partitions = 8;

    /// <summary>The stream that has a cadence of its own.</summary>
    public const string Taxi = "nyc_taxi";

    private static readonly Cadence CloudWatch = new(TimeSpan.FromMinutes(5), TimeSpan.FromDays(1));

    private static readonly Cadence HalfHourly = new(TimeSpan.FromMinutes(30), TimeSpan.FromDays(1));

    /// <summary>The cadence that <see cref="Create"/> gives a series.</summary>
    public static Cadence CadenceOf(string series) => series == Taxi ? HalfHourly : CloudWatch;

    /// <summary>Configures the daemon for the embedded cluster and the bundled streams.</summary>
    public static ForecasterOptions Create(string bootstrapServers, int port) => new()
    {
        Application = "forecaster-demo",
        Kafka = Kafka(bootstrapServers),
        Series = new()
        {
            Step = Text(CloudWatch.Step),
            Season = CloudWatch.Season,
            WindowSteps = 1_024,

            // The streams come from different years: none may close another's steps.
            MaxSkew = TimeSpan.FromDays(36_500),
        },
        Rules = [new() { Select = Taxi, Step = Text(HalfHourly.Step), Season = HalfHourly.Season }],

        // The network that ships with the product has seen these streams: it would be scored on what it was taught.
        Model = new() { Pretrained = false },

        // A day of the streams passes within seconds, so the trainer runs every two, and judges by short blocks.
        Training = new() { Interval = TimeSpan.FromSeconds(2), BlockSteps = 24, CpuShare = 0.6 },
        Pipeline = new() { CommitInterval = TimeSpan.FromMilliseconds(250) },
        Http = new() { Address = "127.0.0.1", Port = port },
    };

    /// <summary>The topics the daemon uses; the embedded cluster would make them with partitions of its own number.
    /// </summary>
    public static IReadOnlyList<string> TopicsOf(ForecasterOptions options) =>
    [
        options.Input.Topic, options.Output.Topic, options.Output.DeadLetterTopicOf(options.Application),
        options.StateTopic, options.ModelsTopic,
    ];

    /// <summary>What the embedded cluster does best: the KIP-848 protocol, and fetches that don't wait.</summary>
    private static KafkaOptions Kafka(string bootstrapServers) => new()
    {
        BootstrapServers = bootstrapServers,
        GroupProtocol = GroupProtocol.Consumer,
        InstanceId = "demo",
        StaticMembership = false,
        SessionTimeout = TimeSpan.FromSeconds(6),
        Consumer = EmbeddedCluster.ConsumerProperties,

        // Its partitions keep 5 MiB of what is sent: compressed, that is more forecasts.
        Producer = new Dictionary<string, string> { ["compression.type"] = "lz4", ["linger.ms"] = "5" },
    };

    private static string Text(TimeSpan step) => step.ToString("c", CultureInfo.InvariantCulture);
}

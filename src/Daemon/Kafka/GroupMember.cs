using System.Globalization;
using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Kafka;

/// <summary>Who a port is to the brokers.</summary>
/// <param name="Group">Consumer group.</param>
/// <param name="Name">Name of the client, and of the member where membership is static: unique in the group.</param>
internal sealed record GroupMember(string Group, string Name)
{
    /// <summary>Where its process can be asked, as the group is told; null: that is not told.</summary>
    public string? Url { get; init; }

    /// <summary>A forecasting lane.</summary>
    public static GroupMember Lane(ForecasterOptions options, int lane) =>
        new(options.Application, Invariant($"{options.Kafka.InstanceId}-{lane}")) { Url = options.Http.AdvertisedUrl };

    /// <summary>A repartitioning lane.</summary>
    public static GroupMember Repartitioner(ForecasterOptions options, int lane) =>
        new(options.RepartitionTopic, Invariant($"{options.Kafka.InstanceId}-repartition-{lane}"));

    /// <summary>The reader of the models topic; joins no group.</summary>
    public static GroupMember Models(ForecasterOptions options) =>
        new(options.Application, Invariant($"{options.Kafka.InstanceId}-models"));

    /// <summary>Whoever publishes versions, in any process: one transactional id, so that a new one fences the one
    /// before. Joins no group.</summary>
    public static GroupMember Trainer(ForecasterOptions options) => new(options.Application, "trainer");

    /// <summary>Whoever tries whether transactions can be had: its transactional id is nobody's else, so that it fences
    /// nobody. Joins no group.</summary>
    public static GroupMember Doctor(ForecasterOptions options) => new(options.Application, "doctor");

    /// <summary>A command beside the daemon; joins no group.</summary>
    public static GroupMember Command(ForecasterOptions options) =>
        new(options.Application, Invariant($"{options.Kafka.InstanceId}-command"));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

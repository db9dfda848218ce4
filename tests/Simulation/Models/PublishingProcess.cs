using Microsoft.Extensions.Logging.Abstractions;
using Simulation.Log;
using Simulation.Port;
using Streaming.Daemon.Models;

namespace Simulation.Models;

/// <summary>A process that follows the models topic and can publish to it.</summary>
internal sealed class PublishingProcess : IDisposable
{
    private const int ChunkBytes = 64;

    private readonly SimulatedCluster cluster;
    private readonly string topic;
    private readonly int keptVersions;
    private readonly SimulatedPort port;
    private readonly ModelsFollower follower;

    public PublishingProcess(SimulatedCluster cluster, string topic, int keptVersions)
    {
        (this.cluster, this.topic, this.keptVersions) = (cluster, topic, keptVersions);
        port = Port();
        follower = new ModelsFollower(port.Read(topic), start: 0, new VersionCatalog());
        Publisher = Publish(port);
    }

    public ModelsPublisher Publisher { get; }

    public VersionCatalog Catalog => follower.Catalog;

    /// <summary>Offset that it has read to.</summary>
    public long Position => follower.Position;

    public void Read() => follower.Turn(TimeSpan.FromMilliseconds(1));

    /// <summary>What a process does before its lanes start.</summary>
    public void Ensure(FirstVersion first) => first.Ensure(Reading(port), () => Publish(Port()));

    public void Dispose()
    {
        follower.Dispose();
        Publisher.Dispose();
    }

    private SimulatedPort Port() => new(cluster, new ClientIdentity("forecaster-trainer"));

    private ModelsPublisher Publish(SimulatedPort port) => new(
        port, topic, Reading(port), keptVersions, TimeProvider.System, new VersionRecords(ChunkBytes),
        NullLogger.Instance);

    private ModelsReading Reading(SimulatedPort port) => new(
        () => port.Watermarks(topic, ModelsFollower.Partition, ModelsReading.CallTimeout).High, follower,
        wait =>
        {
            cluster.Advance((long)wait.TotalMilliseconds);
            follower.Turn(TimeSpan.FromMilliseconds(1));
        },
        NullLogger.Instance);
}

using Microsoft.Extensions.Logging.Abstractions;
using Simulation.Log;
using Simulation.Port;
using Streaming.Daemon.Models;

namespace Simulation.Models;

/// <summary>A process that follows the models topic and can publish to it.</summary>
internal sealed class PublishingProcess : IDisposable
{
    private const int ChunkBytes = 64;

    private readonly ModelsFollower follower;

    public PublishingProcess(SimulatedCluster cluster, string topic, int keptVersions)
    {
        var port = new SimulatedPort(cluster, new ClientIdentity("forecaster-trainer"));
        follower = new ModelsFollower(port.Read(topic), start: 0, new VersionCatalog());
        var reading = new ModelsReading(
            () => port.Watermarks(topic, ModelsFollower.Partition, ModelsReading.CallTimeout).High, follower,
            wait =>
            {
                cluster.Advance((long)wait.TotalMilliseconds);
                follower.Turn(TimeSpan.FromMilliseconds(1));
            },
            NullLogger.Instance);
        Publisher = new ModelsPublisher(
            port, topic, reading, keptVersions, TimeProvider.System, new VersionRecords(ChunkBytes),
            NullLogger.Instance);
    }

    public ModelsPublisher Publisher { get; }

    public VersionCatalog Catalog => follower.Catalog;

    /// <summary>Offset that it has read to.</summary>
    public long Position => follower.Position;

    public void Read() => follower.Turn(TimeSpan.FromMilliseconds(1));

    public void Dispose()
    {
        follower.Dispose();
        Publisher.Dispose();
    }
}

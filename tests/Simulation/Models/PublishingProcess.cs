using Microsoft.Extensions.Logging.Abstractions;
using Simulation.Log;
using Simulation.Port;
using Streaming.Daemon.Models;

namespace Simulation.Models;

/// <summary>A process that follows the models topic and can publish to it.</summary>
internal sealed class PublishingProcess : IDisposable
{
    private const int ChunkBytes = 64;

    private readonly SimulatedPort port;
    private readonly ModelsFollower follower;

    public PublishingProcess(SimulatedCluster cluster, string topic, int keptVersions)
    {
        port = new SimulatedPort(cluster, new ClientIdentity("forecaster-trainer"));
        follower = new ModelsFollower(port.Read(topic), start: 0, new VersionCatalog());
        Publisher = new ModelsPublisher(
            port, topic, follower, keptVersions,
            wait =>
            {
                cluster.Advance((long)wait.TotalMilliseconds);
                follower.Turn(TimeSpan.FromMilliseconds(1));
            },
            TimeProvider.System, new VersionRecords(ChunkBytes), NullLogger.Instance);
    }

    public ModelsPublisher Publisher { get; }

    public VersionCatalog Catalog => follower.Catalog;

    /// <summary>Offset that it has read to.</summary>
    public long Position => follower.Position;

    public void Read() => follower.Turn(TimeSpan.FromMilliseconds(1));

    public void Dispose()
    {
        follower.Dispose();
        port.Dispose();
    }
}

using Microsoft.Extensions.Logging.Abstractions;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;
using Streaming.Daemon.Models;
using Streaming.Daemon.Tests.Kafka;
using Streaming.Inference.Model;
using Streaming.Inference.Series;

namespace Daemon.Tests.Models;

/// <summary>Through the real client; what takes real transactions is in the simulation's tests.</summary>
public sealed class ModelsPublisherTests : IDisposable
{
    private const string Topic = "forecaster-models";
    private const int KeptVersions = 3;

    private readonly PortBed bed = new(partitions: 1);
    private readonly List<ModelsFollower> followers = [];

    public ModelsPublisherTests() => bed.Cluster.CreateTopic(Topic, 1);

    [Fact]
    public void Publish_VersionOfSeveralPieces_IsReadByOthersBitForBit()
    {
        ForecasterSettings settings = ModelsLog.Settings;
        ModelShape shape = settings.ShapeOf(hidden: 200, layers: 2);
        ModelParameters parameters = ModelInitializer.Create(shape, seed: 5);
        ModelsPublisher publisher = Open();

        int id = publisher.Publish(new(parameters, NetworkForm.Of(shape, settings), 0, "test"));

        ModelsFollower other = Follow(bed.Port());
        PortBed.Until(() => other.Catalog.View.InForce is not null, () => other.Turn(TimeSpan.FromMilliseconds(50)));
        KeptVersion version = other.Catalog.View.InForce!;
        Assert.Equal((1, 1), (id, version.Id));
        Assert.True(version.Manifest.Chunks > 3);
        Assert.Equal(parameters.Values, version.Parameters().Values);
    }

    [Fact]
    public void Publish_MoreThanAreKept_TakesTheOldestAway()
    {
        ModelsPublisher publisher = Open();

        for (int id = 1; id <= 5; id++)
        {
            Assert.Equal(id, publisher.Publish(
                new(ModelsLog.Parameters(id), ModelsLog.Form, publisher.View.Champion?.Id ?? 0, "test")));
        }

        Assert.Equal([1, 4, 5], publisher.View.Versions.Keys.Order());
    }

    [Fact]
    public void RollBack_VersionThatIsThere_PutsItInForceAndReusesNoId()
    {
        ModelsPublisher publisher = Open();
        publisher.Publish(new(ModelsLog.Parameters(1), ModelsLog.Form, 0, "first"));
        publisher.Publish(new(ModelsLog.Parameters(2), ModelsLog.Form, 1, "better"));

        publisher.RollBack(1, "worse");

        ChampionRecord champion = publisher.View.Champion!;
        Assert.Equal((1, 2, "worse"), (champion.Id, champion.Previous, champion.Why));
        Assert.Equal(3, publisher.Publish(new(ModelsLog.Parameters(3), ModelsLog.Form, 1, "better")));
        Assert.Throws<InvalidOperationException>(() => publisher.RollBack(7, "never"));
    }

    public void Dispose()
    {
        followers.ForEach(follower => follower.Dispose());
        bed.Dispose();
    }

    private ModelsPublisher Open()
    {
        KafkaPort port = bed.Port(delivery: DeliveryMode.ExactlyOnce);
        ModelsFollower follower = Follow(port);
        var reading = new ModelsReading(
            () => port.Watermarks(Topic, 0, ModelsReading.CallTimeout).High, follower, follower.Turn,
            NullLogger.Instance);
        var publisher = new ModelsPublisher(
            port, Topic, reading, KeptVersions, TimeProvider.System, new(), NullLogger.Instance);
        publisher.Open();
        return publisher;
    }

    private ModelsFollower Follow(KafkaPort port)
    {
        followers.Add(new(port.Read(Topic), start: 0, new VersionCatalog()));
        return followers[^1];
    }
}

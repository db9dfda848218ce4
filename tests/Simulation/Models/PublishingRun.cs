using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Simulation.Log;
using Simulation.Port;
using Streaming.Daemon.Models;
using Streaming.Daemon.Pipeline;
using Streaming.Inference.Model;
using Streaming.Inference.Series;

namespace Simulation.Models;

/// <summary>Processes that publish versions and put old ones back in force, one after the other and into each other,
/// through the faults of a seed; and an onlooker who reads every record that was ever committed.</summary>
internal sealed class PublishingRun : IDisposable
{
    private const string Topic = "forecaster-models";
    private const string First = "the first";
    private const int Lives = 6;
    private const int KeptVersions = VersionRetention.Least;

    private static readonly ForecasterSettings settings = new() { Horizons = [1], LagSteps = 0 };
    private static readonly ModelShape shape = settings.ShapeOf(hidden: 1, layers: 1);
    private static readonly FirstVersion first = new(
        new(), new FirstModel(ModelInitializer.Create(shape, seed: 0), First), NetworkForm.Of(shape, settings),
        NullLogger<FirstVersion>.Instance);

    private readonly SimulatedCluster cluster = new();
    private readonly SeededRandom random;
    private readonly PublishingFate fate;
    private readonly LogCleaner cleaner = new();
    private readonly PartitionLog log;
    private readonly PublishingProcess onlooker;
    private readonly Dictionary<int, string> published = []; // hashes by id, of those whose publisher was told so
    private readonly Dictionary<int, string> seen = [];
    private readonly List<(int Id, string Why)> told = []; // champions, where the publisher was told so
    private readonly HashSet<(int Id, string Why)> champions = []; // all that ever were
    private int acts;

    public PublishingRun(ulong seed)
    {
        random = new SeededRandom(seed);
        log = cluster.AddTopic(Topic, partitions: 1, isCompacted: true)[0];
        fate = new PublishingFate(cluster, random) { IsCalm = true };
        onlooker = new PublishingProcess(cluster, Topic, KeptVersions);
        cluster.Fate = fate;
        fate.Other = () =>
        {
            Note("overtaken");
            Live();
        };
    }

    /// <summary>What happened, and how often.</summary>
    public Dictionary<string, int> Events { get; } = [];

    public void Run()
    {
        for (int life = 0; life < Lives; life++)
        {
            fate.IsCalm = false;
            Live();
            fate.IsCalm = true;
            cluster.Advance(30_000); // what was left open is aborted
            Look();
            if (random.OneIn(2))
            {
                Note("cleaned", cleaner.Clean(log, log.End, cluster.Clock.NowMs));
            }
        }

        LiveInPeace();
    }

    public void Dispose() => onlooker.Dispose();

    /// <summary>One process, from its start to whatever ends it.</summary>
    private void Live()
    {
        PublishingProcess? process = null;
        try
        {
            process = new PublishingProcess(cluster, Topic, KeptVersions);
            process.Ensure(first);
            AssertWhole(process.Catalog);
            Assert.NotNull(process.Catalog.Champion);
            process.Publisher.Open();
            AssertWhole(process.Catalog);
            for (int acts = random.Between(1, 4); acts > 0; acts--)
            {
                Act(process);
                AssertWhole(process.Catalog);
            }

            Note("ended");
        }
        catch (ProcessKilledException)
        {
            Note("killed");
        }
        catch (PublisherLostException)
        {
            Note("lost");
        }
        finally
        {
            process?.Dispose();
        }
    }

    private void Act(PublishingProcess process)
    {
        CatalogView view = process.Publisher.View;
        int previous = view.Champion?.Previous ?? 0;
        if (view.Find(previous) is not null && random.OneIn(3))
        {
            string why = NextWhy();
            process.Publisher.RollBack(previous, why);
            told.Add((previous, why));
            Note("rolled back");
            return;
        }

        NewVersion version = Draft(isGiven: random.OneIn(5));
        int id = process.Publisher.Publish(version);
        told.Add((id, version.Why));
        Assert.True(published.TryAdd(id, VersionManifest.HashOf(version.Parameters)));
        Note("published");
    }

    /// <summary>After all that, a process finds a whole champion and publishes the next.</summary>
    private void LiveInPeace()
    {
        using var process = new PublishingProcess(cluster, Topic, KeptVersions);
        process.Publisher.Open();
        Assert.Equal(onlooker.Catalog.View.Champion, process.Catalog.View.Champion);
        int id = process.Publisher.Publish(Draft(isGiven: true));
        Look();
        Assert.Equal(id, onlooker.Catalog.Champion!.Id);
        Assert.True(onlooker.Catalog.View.Versions.Count <= KeptVersions);
        Assert.All(published, version => Assert.Equal(version.Value, seen[version.Key]));
        Assert.True(champions.Where(champion => champion.Why == First).DistinctBy(champion => champion.Id).Count() <= 1);
        Assert.All(told, champion => Assert.Contains(champion, champions));
    }

    /// <summary>Reads to the end, record by record.</summary>
    private void Look()
    {
        while (onlooker.Position < log.End)
        {
            cluster.Advance(100);
            onlooker.Read();
            AssertWhole(onlooker.Catalog);
            if (onlooker.Catalog.View.Champion is { } champion)
            {
                champions.Add((champion.Id, champion.Why));
            }
        }
    }

    /// <summary>Whatever is in the topic is whole, an id has the same weights for good, and the
    /// champion is there, and the one before it.</summary>
    private void AssertWhole(VersionCatalog catalog)
    {
        CatalogView view = catalog.View;
        Assert.Equal(0, view.Damaged);
        foreach (KeptVersion version in view.Versions.Values.Select(entry => entry.Whole).OfType<KeptVersion>())
        {
            Assert.Equal(version.Manifest.Hash, VersionManifest.HashOf(version.Parameters()));
            Assert.Equal(version.Manifest.Hash, seen.GetValueOrDefault(version.Id, version.Manifest.Hash));
            seen[version.Id] = version.Manifest.Hash;
        }

        if (view.Champion is { } champion)
        {
            Assert.NotNull(view.InForce);
            Assert.True(champion.Previous == 0 || view.Find(champion.Previous) is not null, "No way back.");
        }
    }

    private NewVersion Draft(bool isGiven)
    {
        string why = NextWhy();
        return new(ModelInitializer.Create(shape, acts), NetworkForm.Of(shape, settings), isGiven ? 0 : 1, why);
    }

    private string NextWhy() => (++acts).ToString(CultureInfo.InvariantCulture);

    private void Note(string what, int times = 1) => Events[what] = Events.GetValueOrDefault(what) + times;
}

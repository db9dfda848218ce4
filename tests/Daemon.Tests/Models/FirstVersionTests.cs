using Streaming.Daemon.Configuration;
using Streaming.Daemon.Models;
using Streaming.Daemon.Pipeline;

namespace Daemon.Tests.Models;

/// <summary>What a process finds, or does, before its lanes start.</summary>
public sealed class FirstVersionTests : IDisposable
{
    private readonly MemoryModelsTopic topic = new();
    private readonly List<MemoryModels> processes = [];

    public void Dispose() => processes.ForEach(process => process.Dispose());

    [Fact]
    public void Begin_TopicEmpty_PublishesTheFirstModelAsVersion1()
    {
        MemoryModels process = Begin(seed: 1);

        Assert.Equal("lstm@1", process.Versions.Newest.Name);
        Assert.Equal(ModelsLog.Parameters(1).Values, process.InForce.Current!.Parameters().Values);
        Assert.True(process.InForce.Current.Manifest.IsGiven());
    }

    [Fact]
    public void Begin_TopicHasAChampion_GoesByThatAndWritesNothing()
    {
        Begin(seed: 1);
        int records = topic.Records.Count;

        MemoryModels second = Begin(seed: 2);

        Assert.Equal(ModelsLog.Parameters(1).Values, second.InForce.Current!.Parameters().Values);
        Assert.Equal((records, 1), (topic.Records.Count, topic.Epoch));
    }

    [Fact]
    public void Begin_FileThatNoVersionHas_BecomesTheChampionOnce()
    {
        Begin(seed: 1);

        MemoryModels second = Begin(seed: 2, file: "two.safetensors");
        Train(second, seed: 3);
        MemoryModels third = Begin(seed: 2, file: "two.safetensors");

        Assert.Equal("lstm@3", third.Versions.Newest.Name);
        Assert.Equal([1, 2, 3], third.Catalog.View.Versions.Keys.Order());
    }

    /// <summary>However many versions are trained on from a file, a restart finds it known.</summary>
    [Fact]
    public void Begin_FileOfManyVersionsAgo_IsStillKnown()
    {
        MemoryModels first = Begin(seed: 1, file: "one.safetensors");
        for (int seed = 2; seed <= 20; seed++)
        {
            Train(first, seed);
        }

        MemoryModels second = Begin(seed: 1, file: "one.safetensors");

        Assert.Equal("lstm@20", second.Versions.Newest.Name);
        Assert.Equal(first.Options.Training.KeptVersions, second.Catalog.View.Versions.Count);
    }

    /// <summary>The topic is empty for both when they look; the second begins before, or after, the first has opened a
    /// publisher.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Begin_TwoAtOnce_AgreeOnOneVersion(bool isOpen)
    {
        MemoryModels? second = null;
        void BeginSecond()
        {
            (topic.Initializing, topic.Initialized) = (() => { }, () => { });
            second = Begin(seed: 2);
        }

        _ = isOpen ? topic.Initialized = BeginSecond : topic.Initializing = BeginSecond;

        MemoryModels first = Begin(seed: 1);

        Assert.Equal(ModelsLog.Parameters(2).Values, first.InForce.Current!.Parameters().Values);
        Assert.Equal("lstm@1", first.Versions.Newest.Name);
        Assert.Equal("lstm@1", second!.Versions.Newest.Name);
    }

    [Fact]
    public void Begin_FencedBetweenReadingAndPublishing_ReadsAgain()
    {
        MemoryModels? second = null;
        var first = new MemoryModels(Options(null), ModelsLog.Shape, new VersionFeed(), topic);
        processes.Add(first);
        using ModelsPublisher early = first.Open();
        second = Begin(seed: 2);

        Assert.Throws<PublisherLostException>(
            () => early.Publish(new(ModelsLog.Parameters(1), ModelsLog.Form, 0, "late")));
        first.Begin(new(ModelsLog.Parameters(1), "test"));

        Assert.Equal(
            second.InForce.Current!.Parameters().Values, first.InForce.Current!.Parameters().Values);
    }

    [Fact]
    public void Begin_ChampionDamaged_PublishesTheFirstModelUnderANewId()
    {
        Begin(seed: 1);
        topic.Records[0] = topic.Records[0] with { Value = [1, 2, 3] };

        MemoryModels second = Begin(seed: 2);

        Assert.Equal("lstm@2", second.Versions.Newest.Name);
        Assert.Null(second.Catalog.Find(1));
    }

    [Fact]
    public void Begin_ChampionOfAnotherNetwork_IsRefusedWithWhatToDo()
    {
        Begin(seed: 1);
        ForecasterOptions options = Options(null);
        options = options with { Model = options.Model with { Hidden = 6, Horizons = [1, 2] } };
        var settings = PipelineServices.SettingsOf(options);
        using var other = new MemoryModels(options, settings.ShapeOf(6, 2), new VersionFeed(), topic);

        var refused = Assert.Throws<ModelsRefusedException>(
            () => other.Begin(FirstModel.Of(options.Model, settings)));

        Assert.Contains(
            "Model:Hidden 5, not 6; Model:Horizons 1,3, not 1,2", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Model:File", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Begin_Pinned_GoesByThatVersionAndNoOther()
    {
        MemoryModels first = Begin(seed: 1);
        Train(first, seed: 2);

        MemoryModels pinned = Begin(seed: 1, pin: 1);
        Train(first, seed: 3);
        pinned.Turn(TimeSpan.Zero);

        Assert.Equal("lstm@1", pinned.Versions.Newest.Name);
        Assert.Equal("lstm@3", first.Versions.Newest.Name);
    }

    [Fact]
    public void Begin_PinnedVersionMissing_GoesByTheChampion()
    {
        Begin(seed: 1);

        Assert.Equal("lstm@1", Begin(seed: 1, pin: 9).Versions.Newest.Name);
    }

    /// <summary>An instance of another configuration has put its network in force.</summary>
    [Fact]
    public void Look_ChampionOfAnotherNetwork_KeepsTheOneInForce()
    {
        MemoryModels first = Begin(seed: 1);
        using ModelsPublisher publisher = first.Open();

        publisher.Publish(new(ModelsLog.Parameters(2), ModelsLog.Form with { Horizons = "1,2" }, 0, "other"));

        Assert.Equal("lstm@1", first.Versions.Newest.Name);
        publisher.Publish(new(ModelsLog.Parameters(3), ModelsLog.Form, 0, "ours"));
        Assert.Equal("lstm@3", first.Versions.Newest.Name);
    }

    private static void Train(MemoryModels process, int seed)
    {
        using ModelsPublisher publisher = process.Open();
        publisher.Publish(new(ModelsLog.Parameters(seed), ModelsLog.Form, publisher.View.Champion!.Id, "trained"));
    }

    private static ForecasterOptions Options(string? file, int? pin = null) => new()
    {
        Model = new() { Hidden = 5, Horizons = [1, 3], LagSteps = 4, File = file },
        Training = new() { Pin = pin, KeptVersions = 5 },
    };

    private MemoryModels Begin(int seed, string? file = null, int? pin = null)
    {
        processes.Add(new(Options(file, pin), ModelsLog.Shape, new VersionFeed(), topic));
        MemoryModels process = processes[^1];
        process.Begin(new(ModelsLog.Parameters(seed), file ?? "test"));
        return process;
    }
}

using Daemon.Tests.Models;
using Daemon.Tests.Pipeline;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Models;
using Streaming.Daemon.Pipeline;
using Streaming.Daemon.Tuning;
using Streaming.Inference.Model;

namespace Daemon.Tests.Tuning;

/// <summary>Versions 1 and 2 are kept, 2 is in force.</summary>
public sealed class OperatorDeskTests : IDisposable
{
    private readonly ForecasterOptions options = Pod.SmallOptions();
    private readonly TrainerSeat seat = new();
    private readonly DecisionLog decisions = new();
    private readonly VersionFeed versions = new();
    private readonly MemoryModels models;
    private readonly ModelParameters weights;

    public OperatorDeskTests()
    {
        ModelShape shape = PipelineServices.SettingsOf(options).ShapeOf(options.Model.Hidden, options.Model.Layers);
        weights = ModelInitializer.Create(shape, seed: 1);
        models = new(options, shape, versions);
        models.Begin(new(weights, "test"));
        using ModelsPublisher publisher = models.Open();
        publisher.Publish(new(ModelInitializer.Create(shape, seed: 2), models.Form, 1, "better"));
        seat.Take();
    }

    public void Dispose() => models.Dispose();

    [Fact]
    public async Task ChangeAsync_KeptVersion_IsInForceAndOnRecord()
    {
        using OperatorDesk desk = Desk(options);

        Assert.Equal(DeskResult.Done, (await desk.ChangeAsync(1, default)).Result);

        Assert.Equal("lstm@1", versions.Newest.Name);
        Assert.Equal(2, models.Catalog.View.Champion!.Previous);
        Assert.Equal(("promoted", "lstm@1"), (decisions.Recent()[0].Result, decisions.Recent()[0].Version));
    }

    [Fact]
    public async Task ChangeAsync_BackTwice_ChangesBetweenTheTwo()
    {
        using OperatorDesk desk = Desk(options);

        await desk.ChangeAsync(null, default);
        Assert.Equal("lstm@1", versions.Newest.Name);
        await desk.ChangeAsync(null, default);
        Assert.Equal("lstm@2", versions.Newest.Name);

        Assert.Equal(["rolled-back", "rolled-back"], decisions.Recent().Select(decision => decision.Result));
    }

    [Fact]
    public async Task ChangeAsync_WhileTheTrainerHasItsDesk_TheTrainersIsFencedAndOvertaken()
    {
        using ModelsPublisher trainers = models.Open();
        using var trainersDesk = new VersionDesk(models.Form, versions, trainers);
        using OperatorDesk desk = Desk(options);

        await desk.ChangeAsync(1, default);

        Assert.True(trainersDesk.IsOvertaken);
        Assert.True(Assert.Throws<PublisherLostException>(() => trainersDesk.Promote(weights, "late")).IsFenced);
        Assert.Equal("lstm@1", versions.Newest.Name);
    }

    [Fact]
    public async Task ChangeAsync_InForceAlready_PublishesNothing()
    {
        int records = models.Topic.Records.Count;
        using OperatorDesk desk = Desk(options);

        Assert.Equal(DeskResult.Done, (await desk.ChangeAsync(2, default)).Result);

        Assert.Equal(records, models.Topic.Records.Count);
        Assert.Empty(decisions.Recent());
    }

    [Fact]
    public async Task ChangeAsync_NotToBeDone_SaysWhyAndChangesNothing()
    {
        using OperatorDesk desk = Desk(options);
        using OperatorDesk pinned = Desk(options with { Training = options.Training with { Pin = 2 } });
        using OperatorDesk misfit = new(
            options, models.Form with { Hidden = 64 }, models.Catalog, seat, _ => models.Open(), decisions,
            TimeProvider.System, NullLogger<OperatorDesk>.Instance);

        Assert.Equal(new(DeskResult.Unknown, "version 9 is not kept"), await desk.ChangeAsync(9, default));
        Assert.Equal(DeskResult.Refused, (await pinned.ChangeAsync(1, default)).Result);
        Assert.Equal(DeskResult.Refused, (await misfit.ChangeAsync(1, default)).Result);
        seat.Take();
        seat.Leave(seat.Term);
        Assert.Equal(DeskResult.NotHere, (await desk.ChangeAsync(1, default)).Result);
        Assert.Equal("lstm@2", versions.Newest.Name);
    }

    [Fact]
    public async Task ChangeAsync_AskerLeavesOnceItHasBegun_IsFinished()
    {
        using var asker = new CancellationTokenSource();
        using var goOn = new ManualResetEventSlim();
        var begun = new TaskCompletionSource();
        using OperatorDesk desk = Desk(options, wait =>
        {
            begun.SetResult();
            goOn.Wait();
            wait(TimeSpan.Zero);
            return models.Open();
        });
        Task<DeskAnswer> asked = desk.ChangeAsync(1, asker.Token);
        await begun.Task;

        await asker.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        goOn.Set();

        Assert.Equal(DeskResult.Done, (await desk.ChangeAsync(1, default)).Result); // it waits for its turn
        Assert.Equal("lstm@1", versions.Newest.Name);
        Assert.Single(decisions.Recent());
    }

    [Fact]
    public async Task ChangeAsync_KafkaDoesNotAnswer_FailsAfterItsPatienceAndTheNextMayTry()
    {
        var clock = new FakeTimeProvider();
        var begun = new TaskCompletionSource();
        using OperatorDesk desk = Desk(
            options,
            wait =>
            {
                bool isFirst = begun.TrySetResult();
                while (isFirst)
                {
                    wait(TimeSpan.FromMilliseconds(1));
                }

                return models.Open();
            },
            clock);
        Task<DeskAnswer> asked = desk.ChangeAsync(1, default);
        await begun.Task;

        clock.Advance(OperatorDesk.Patience);

        Assert.Equal(DeskResult.Failed, (await asked).Result);
        Assert.Equal("lstm@2", versions.Newest.Name);
        Assert.Equal(DeskResult.Done, (await desk.ChangeAsync(1, default)).Result);
    }

    private OperatorDesk Desk(ForecasterOptions with, OpenPublisher? open = null, TimeProvider? clock = null) => new(
        with, models.Form, models.Catalog, seat, open ?? (_ => models.Open()), decisions, clock ?? TimeProvider.System,
        NullLogger<OperatorDesk>.Instance);
}

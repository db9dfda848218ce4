using Daemon.Tests.Pipeline;
using Microsoft.Extensions.Logging.Abstractions;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Pipeline;
using Streaming.Daemon.Tuning;
using Streaming.Inference.Model;

namespace Daemon.Tests.Tuning;

public sealed class TrainerServiceTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60); // a bound for a broken build, no measure

    [Fact]
    public async Task Run_On_PublishesABetterVersionWithTheNextId()
    {
        using Pod pod = Fed(TrainingMode.On);
        ModelVersion first = pod.Versions.Newest;

        await RunUntilAsync(pod, () => pod.Versions.Newest.Id > 1);

        ModelVersion newest = pod.Versions.Newest;
        Assert.NotSame(first.Weights, newest.Weights);
        Assert.Equal($"lstm@{newest.Id}", newest.Name);
        Assert.Equal(newest.Id - 1, pod.Metrics.TrainingRuns.WithLabels("promoted").Value);
        Assert.Equal(0, pod.Metrics.TrainingRuns.WithLabels("failed").Value);
    }

    [Fact]
    public async Task Run_Shadow_JudgesButNeverPublishes()
    {
        using Pod pod = Fed(TrainingMode.Shadow);
        ModelVersion first = pod.Versions.Newest;

        await RunUntilAsync(pod, () => pod.Metrics.TrainingRuns.WithLabels("shadowed").Value > 0);

        Assert.Same(first, pod.Versions.Newest);
        Assert.Equal(0, pod.Metrics.TrainingRuns.WithLabels("promoted").Value);
    }

    [Fact]
    public async Task Stop_BetweenRuns_DoesNotWaitForTheNext()
    {
        using Pod pod = Fed(TrainingMode.On, interval: TimeSpan.FromDays(7));
        using TrainerService trainer = Create(pod);
        await trainer.StartAsync(CancellationToken.None);

        await trainer.StopAsync(CancellationToken.None).WaitAsync(Patience);

        Assert.False(trainer.ExecuteTask!.IsFaulted);
        Assert.Equal(1, pod.Versions.Newest.Id);
    }

    [Fact]
    public async Task Stop_WhileItRestsForItsShare_DoesNotWaitForTheRest()
    {
        // At a share of 1e-7 of a core the rest after the first piece of work outlasts any test.
        using Pod pod = Fed(TrainingMode.On, cpuShare: 1e-7);
        using TrainerService trainer = Create(pod);
        int windows = pod.Tap!.Reader.Count;
        await trainer.StartAsync(CancellationToken.None);
        await Until(() => pod.Tap.Reader.Count < windows);

        await trainer.StopAsync(CancellationToken.None).WaitAsync(Patience);

        Assert.Equal(windows - 1, pod.Tap.Reader.Count); // one piece of work, then rest
        Assert.True(trainer.ExecuteTask!.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Run_NothingCame_CountsNoRun()
    {
        using Pod pod = new(new MemoryBroker(1), Options(TrainingMode.On, TimeSpan.FromMilliseconds(1), 1), samples: true);
        using TrainerService trainer = Create(pod);
        await trainer.StartAsync(CancellationToken.None);
        await Task.Delay(20);

        await trainer.StopAsync(CancellationToken.None).WaitAsync(Patience);

        string[] results = ["promoted", "kept", "shadowed", "failed"];
        Assert.All(results, result => Assert.Equal(0, pod.Metrics.TrainingRuns.WithLabels(result).Value));
    }

    private static async Task RunUntilAsync(Pod pod, Func<bool> reached)
    {
        using TrainerService trainer = Create(pod);
        await trainer.StartAsync(CancellationToken.None);
        await Until(reached);
        await trainer.StopAsync(CancellationToken.None).WaitAsync(Patience);
        Assert.True(trainer.ExecuteTask!.IsCompletedSuccessfully);
    }

    private static async Task Until(Func<bool> reached)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!reached())
        {
            await Task.Delay(5, patience.Token);
        }
    }

    private static TrainerService Create(Pod pod) => new(
        pod.Options, PipelineServices.SettingsOf(pod.Options), ModelInitializer.Create(pod.Shape, seed: 1), pod.Tap!,
        pod.Versions, pod.Metrics, NullLogger<TrainerService>.Instance);

    /// <summary>A pod whose lane has left windows of series that swing to and fro: easily learnt, and bad for naive.</summary>
    private static Pod Fed(TrainingMode mode, TimeSpan? interval = null, double cpuShare = 1)
    {
        const int series = 8, steps = 64;
        var random = new Random(4);
        var broker = new MemoryBroker(1);
        for (int i = 0; i < series * steps; i++)
        {
            double value = (i / series % 2 == 0 ? 10 : -10) + random.NextDouble();
            broker.AddEvent(0, $"e{i % series}", Pod.Start.AddSeconds(i / series), value);
        }

        var pod = new Pod(broker, Options(mode, interval ?? TimeSpan.FromMilliseconds(1), cpuShare), samples: true);
        pod.RunToEnd();
        return pod;
    }

    private static ForecasterOptions Options(TrainingMode mode, TimeSpan interval, double cpuShare)
    {
        ForecasterOptions options = Pod.SmallOptions();
        return options with
        {
            Series = options.Series with { WindowSteps = 64 },
            Training = options.Training with
            {
                Mode = mode,
                Interval = interval,
                CpuShare = cpuShare,
                ChunkSteps = 8,
                ChunksPerRun = 40,
            },
        };
    }
}

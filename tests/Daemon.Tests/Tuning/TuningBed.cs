using Daemon.Tests.Models;
using Daemon.Tests.Pipeline;
using Microsoft.Extensions.Logging.Abstractions;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Pipeline;
using Streaming.Daemon.Tuning;
using Streaming.Inference.Model;

namespace Daemon.Tests.Tuning;

/// <summary>A pod with a trainer that runs when told.</summary>
internal sealed class TuningBed : IDisposable
{
    private const int Series = 8;
    private const int StepsAPoll = 8;

    private TuningBed(MemoryBroker broker, TrainingOptions training)
    {
        ForecasterOptions options = Pod.SmallOptions();
        options = options with
        {
            Series = options.Series with { WindowSteps = 64 },
            Training = training with { ChunkSteps = 8, ChunksPerRun = 40, BlockSteps = 8 },
        };
        ModelParameters champion = ModelInitializer.Create(
            PipelineServices.SettingsOf(options).ShapeOf(options.Model.Hidden, options.Model.Layers), seed: 1);
        Pod = new Pod(broker, options, samples: true);
        Models = new MemoryModels(options, Pod.Shape, Pod.Versions);
        Models.Begin(new(champion, "test"));
        First = Pod.Versions.Newest;
        Runs = new TuningFactory(
            options, PipelineServices.SettingsOf(options), Pod.Tap!, Decisions, RunsDone, Pod.Metrics, Pod.Clock,
            NullLogger<TuningRun>.Instance);
        Tuning = Runs.Create(champion, OpenDesk());
    }

    public Pod Pod { get; }

    public ModelVersion First { get; }

    public MemoryModels Models { get; }

    public TuningFactory Runs { get; }

    public DecisionLog Decisions { get; } = new();

    public RunLog RunsDone { get; } = new();

    public TuningRun Tuning { get; }

    /// <summary>Sends events through the lane, with a training run after every few steps.</summary>
    /// <param name="training">What is asked of training.</param>
    /// <param name="polls">Times that a few steps of each series come.</param>
    /// <param name="wanders">Whether the series wander at random from now on instead of swinging to and fro.</param>
    public static TuningBed Run(TrainingOptions training, int polls = 40, Func<TuningBed, bool>? wanders = null)
    {
        var broker = new MemoryBroker(1);
        var bed = new TuningBed(broker, training with { CpuShare = 1 });
        var random = new Random(4);
        var walk = new double[Series];
        bed.Pod.Run(poll =>
        {
            if (poll == 0)
            {
                bed.Pod.Port.Assign([0]);
            }

            bed.Tuning.Run(CancellationToken.None);
            if (poll == polls)
            {
                bed.Pod.Stop();
            }
            else
            {
                AddSteps(broker, random, walk, poll * StepsAPoll, StepsAPoll, wanders?.Invoke(bed) ?? false);
            }

            bed.Pod.DueCommit();
        });
        return bed;
    }

    /// <summary>A bed whose lane has left some windows, and no run was made.</summary>
    public static TuningBed Fed(TrainingOptions training)
    {
        var broker = new MemoryBroker(1);
        AddSteps(broker, new Random(4), new double[Series], 0, 64, wanders: false);
        var bed = new TuningBed(broker, training);
        bed.Pod.RunToEnd();
        return bed;
    }

    /// <summary>The desk of a new term.</summary>
    public VersionDesk OpenDesk() => new(
        Models.Form, Pod.Versions, VersionDesk.LetsChange(Pod.Options) ? Models.Open() : null);

    public void Dispose()
    {
        Models.Dispose();
        Pod.Dispose();
    }

    private static void AddSteps(
        MemoryBroker broker, Random random, double[] walk, int from, int count, bool wanders)
    {
        for (int i = from * Series; i < (from + count) * Series; i++)
        {
            int step = i / Series;
            int series = i % Series;
            walk[series] += (2 * random.NextDouble()) - 1;
            double value = wanders ? walk[series] : (step % 2 == 0 ? 10 : -10) + random.NextDouble();
            broker.AddEvent(0, $"e{series}", Pod.Start.AddSeconds(step), value);
        }
    }
}

using System.Diagnostics;
using System.Threading.Channels;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Pipeline;
using Streaming.Daemon.Serving;
using Streaming.Inference.Model;
using Streaming.Inference.Series;
using Streaming.Training.FineTuning;
using Streaming.Training.Samples;

namespace Streaming.Daemon.Tuning;

/// <summary>Fine-tunes in the background, on a thread below the lanes' priority and within its share of a core.</summary>
/// <remarks>
/// Each run takes the windows that have come, trains some chunks, pausing between them to keep to its share, and
/// judges the challenger on held-out steps. A better one becomes a version: one volatile write, which lanes read at
/// their commits. The lanes never wait for anything in here.
/// </remarks>
internal sealed partial class TrainerService(
    ForecasterOptions options, ForecasterSettings settings, ModelParameters champion, SampleTap tap,
    VersionFeed versions, ForecasterMetrics metrics, ILogger<TrainerService> logger) : BackgroundService
{
    private readonly WindowEncoder encoder = new(settings);
    private readonly FineTuner tuner = new(champion, OptionsOf(options));

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() => Run(done, stoppingToken))
        {
            Name = "trainer",
            IsBackground = true,
            Priority = ThreadPriority.BelowNormal,
        };
        thread.Start();
        return done.Task;
    }

    private static FineTunerOptions OptionsOf(ForecasterOptions options) => new()
    {
        HorizonSteps = options.Model.Horizons,
        BufferWindows = options.Training.BufferWindows,
        BatchWindows = options.Training.BatchWindows,
        ChunkSteps = options.Training.ChunkSteps,
        LearningRate = options.Training.LearningRate,
        ClipNorm = options.Training.ClipNorm,
        Schedule = new() { RunUpdates = options.Training.ChunksPerRun },
        MinGain = options.Training.MinGain,
        Seed = options.Training.Seed,
    };

    private void Run(TaskCompletionSource done, CancellationToken stopping)
    {
        try
        {
            while (!stopping.WaitHandle.WaitOne(options.Training.Interval))
            {
                RunOnce(stopping);
            }

            done.SetResult();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            done.SetResult();
        }
        catch (Exception e)
        {
            done.SetException(e);
        }
    }

    private void RunOnce(CancellationToken stopping)
    {
        long start = Stopwatch.GetTimestamp();
        int windows = TakeWindows(stopping);
        int chunks = 0;
        while (chunks < options.Training.ChunksPerRun
            && Paced(tuner.TrainChunk, stopping).Outcome is ChunkOutcome.Trained or ChunkOutcome.Carried)
        {
            chunks++;
        }

        if (chunks == 0)
        {
            LogIdle(windows);
            return;
        }

        Verdict verdict = Paced(tuner.Judge, stopping);
        string result = Act(verdict);
        metrics.TrainingRuns.WithLabels(result).Inc();
        metrics.TrainingDuration.Observe(Stopwatch.GetElapsedTime(start).TotalSeconds);
        metrics.TrainingLoss.WithLabels("champion").Set(verdict.ChampionLoss);
        metrics.TrainingLoss.WithLabels("challenger").Set(verdict.ChallengerLoss);
        LogRun(
            result, verdict.Updates, verdict.Series, verdict.ChampionLoss, verdict.ChallengerLoss,
            verdict.RelativeGain, verdict.Statistic, verdict.RequiredStatistic, verdict.Reason);
    }

    private int TakeWindows(CancellationToken stopping)
    {
        int taken = 0;
        ChannelReader<WindowSample> reader = tap.Reader;
        while (taken < options.Training.BufferWindows && reader.TryRead(out WindowSample? sample))
        {
            tuner.Add(Paced(() => encoder.Encode(sample), stopping));
            taken++;
        }

        return taken;
    }

    private string Act(Verdict verdict)
    {
        if (!verdict.Promote)
        {
            return verdict.Stopped ? "failed" : "kept";
        }

        if (options.Training.Mode == TrainingMode.Shadow)
        {
            return "shadowed";
        }

        versions.Newest = new ModelVersion(versions.Newest.Id + 1, ModelWeights.Pack(tuner.Promote()));
        LogPromoted(versions.Newest.Name);
        return "promoted";
    }

    /// <summary>Works, then rests so long that work keeps to its share of a core.</summary>
    private T Paced<T>(Func<T> work, CancellationToken stopping)
    {
        long start = Stopwatch.GetTimestamp();
        T result = work();
        stopping.WaitHandle.WaitOne(Stopwatch.GetElapsedTime(start) * ((1 / options.Training.CpuShare) - 1));
        stopping.ThrowIfCancellationRequested();
        return result;
    }

    [LoggerMessage(200, LogLevel.Debug, "Nothing to train yet: {Windows} windows came, none long enough")]
    private partial void LogIdle(int windows);

    [LoggerMessage(201, LogLevel.Information,
        "Training {Result}: {Updates} updates; held-out loss over {Series} series {ChampionLoss} → {ChallengerLoss}, "
        + "gain {Gain}, statistic {Statistic} of {Required}: {Reason}")]
    private partial void LogRun(
        string result, int updates, int series, double championLoss, double challengerLoss, double gain,
        double statistic, double required, string reason);

    [LoggerMessage(202, LogLevel.Information, "{Version} is ready; tasks adopt it at their next commit")]
    private partial void LogPromoted(string version);
}

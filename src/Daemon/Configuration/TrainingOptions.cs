using System.ComponentModel.DataAnnotations;
using Streaming.Daemon.Models;
using Streaming.Inference.Series;

namespace Streaming.Daemon.Configuration;

/// <summary>Whether the background trainer runs, and whether its versions go live.</summary>
internal enum TrainingMode
{
    Off,

    /// <summary>Train and judge, but never adopt.</summary>
    Shadow,
    On,
}

/// <summary>Fine-tuning in the background.</summary>
internal sealed record TrainingOptions
{
    /// <summary>off, shadow (train and judge, never adopt) or on. Default on.</summary>
    public TrainingMode Mode { get; init; } = TrainingMode.On;

    /// <summary>Pause between runs. Default 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Windows kept for training, one a series. Default 512.</summary>
    [Range(1, 65_536)]
    public int BufferWindows { get; init; } = 512;

    /// <summary>Windows waiting between lanes and trainer; when full the oldest is dropped. Default 256.</summary>
    [Range(1, 65_536)]
    public int QueueWindows { get; init; } = 256;

    /// <summary>Series trained side by side in a batch. Default 16.</summary>
    [Range(1, 256)]
    public int BatchWindows { get; init; } = 16;

    /// <summary>Steps that gradients flow back through (truncated BPTT). Default 48.</summary>
    [Range(2, 512)]
    public int ChunkSteps { get; init; } = 48;

    /// <summary>Chunks trained in one run, at most. Default 200.</summary>
    [Range(1, 100_000)]
    public int ChunksPerRun { get; init; } = 200;

    /// <summary>Adam's step size. Default 0.002.</summary>
    [Range(1e-7, 1.0)]
    public double LearningRate { get; init; } = 0.002;

    /// <summary>Largest norm of a gradient. Default 1.</summary>
    [Range(1e-6, 1e6)]
    public double ClipNorm { get; init; } = 1;

    /// <summary>Steps of the time blocks that judge a challenger; 0: twice the largest horizon, from 24 to 96.
    /// Default 0.</summary>
    [Range(0, 65_536)]
    public int BlockSteps { get; init; }

    /// <summary>Blocks after which an undecided challenger is dropped, and the watch over a new version ends. Default
    /// 20.</summary>
    [Range(1, 1_000)]
    public int MaxBlocks { get; init; } = 20;

    /// <summary>Least relative gain on later steps for a version to go live. Default 0.005.</summary>
    [Range(0.0, 1.0)]
    public double MinGain { get; init; } = 0.005;

    /// <summary>Event time over which the series of a partition follow a version that goes live; 0: all at once. Default
    /// 10 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00")]
    public TimeSpan AdoptionSpread { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Steps of its window from which the state of a series is computed anew when it follows a version that was
    /// given by a file, not trained on from the one before; 0: it goes on as it is. Default 168.</summary>
    [Range(0, SeriesProfile.MaxWindowSteps)]
    public int BurnInSteps { get; init; } = 168;

    /// <summary>Share of one core that training may use; less while the lanes fall behind. Default 0.25.</summary>
    [Range(0.01, 1.0)]
    public double CpuShare { get; init; } = 0.25;

    /// <summary>Versions that the models topic keeps: the champion, the one before, the one given last, and the newest
    /// of the others. Default 64.</summary>
    [Range(VersionRetention.Least, 1_000)]
    public int KeptVersions { get; init; } = 64;

    /// <summary>Number of the version to serve: none is promoted or rolled back. Default unset.</summary>
    [Range(1, int.MaxValue)]
    public int? Pin { get; init; }

    /// <summary>Start with training at rest: no runs, the version in force stays. Default false.</summary>
    public bool Freeze { get; init; }

    /// <summary>Seed of the order in which windows are trained. Default 17.</summary>
    public int Seed { get; init; } = 17;
}

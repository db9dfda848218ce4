using System.ComponentModel.DataAnnotations;
using Streaming.Daemon.Datasets;
using Streaming.Inference.Series;
using Streaming.Training.Optimization;
using Streaming.Training.Preparation;
using Streaming.Training.Pretraining;

namespace Streaming.Daemon.Pretraining;

/// <summary>How files are read, prepared and trained on. All but the threads decide the weights.</summary>
internal sealed record PretrainingOptions : IValidatableObject
{
    /// <summary>How files lay out their series. Default auto: by the header.</summary>
    public CsvLayout Layout { get; init; } = CsvLayout.Auto;

    /// <summary>Column of the series id in a long file. Default "series".</summary>
    public string SeriesColumn { get; init; } = "series";

    /// <summary>Column of the time. Default unset: time, timestamp, date, datetime or ds.</summary>
    public string? TimeColumn { get; init; }

    /// <summary>Column of the value in a long file. Default "value".</summary>
    public string ValueColumn { get; init; } = "value";

    /// <summary>Which series train, as N/M: the N-th of each M found. Default 1/1, all.</summary>
    public string Part { get; init; } = "1/1";

    /// <summary>What stands in for missing values. Default unset: what Series:Gap says, as in service.</summary>
    public FillKind? Fill { get; init; }

    /// <summary>Values that mean "missing". Default none.</summary>
    public IReadOnlyList<double> Sentinels { get; init; } = [];

    /// <summary>Share of a series' values at each end that is clipped to the quantile there. Default 0.</summary>
    [Range(0, 0.49)]
    public double ClipShare { get; init; }

    /// <summary>Streams to generate and train on beside the files. Default 0.</summary>
    [Range(0, 100_000)]
    public int Generated { get; init; }

    /// <summary>Passes over all series, at most. Default 20.</summary>
    [Range(1, 100_000)]
    public int Epochs { get; init; } = 20;

    /// <summary>Series trained side by side. Default 32.</summary>
    [Range(1, 4_096)]
    public int Batch { get; init; } = 32;

    /// <summary>Largest step size. Default 0.002.</summary>
    [Range(1e-7, 1_000.0)]
    public double LearningRate { get; init; } = 0.002;

    /// <summary>Times an epoch visits the beginning of each series, where it is new. Default 1.</summary>
    [Range(0, 100)]
    public int StartVisits { get; init; } = 1;

    /// <summary>Epochs in a row without a better validation loss, after which training ends. Default 5.</summary>
    [Range(1, 100_000)]
    public int Patience { get; init; } = 5;

    /// <summary>Share of each series, its newest steps, that validates and never trains. Default 0.1.</summary>
    [Range(0, 0.9)]
    public double Validation { get; init; } = 0.1;

    /// <summary>What is minimized. Default huber.</summary>
    public LossChoice Loss { get; init; } = LossChoice.Huber;

    /// <summary>What losses are counted in. Default anchor: smooth series count as much as noisy ones.
    /// </summary>
    public LossUnit LossUnit { get; init; } = LossUnit.Anchor;

    /// <summary>How updates follow from gradients. Default adam.</summary>
    public OptimizerKind Optimizer { get; init; } = OptimizerKind.Adam;

    /// <summary>Share of hidden units switched off between layers while training. Default 0.</summary>
    [Range(0, 0.9)]
    public double Dropout { get; init; }

    /// <summary>Seed of first weights, of the order of training and of generated streams. Default 17.</summary>
    public int Seed { get; init; } = 17;

    /// <summary>Threads; 0: one a core. Any number gives the same weights. Default 0.</summary>
    [Range(0, TrainerOptions.MaxThreads)]
    public int Threads { get; init; }

    /// <summary>Threads that are used.</summary>
    public int ThreadsToUse() =>
        Threads > 0 ? Threads : Math.Min(Environment.ProcessorCount, TrainerOptions.MaxThreads);

    /// <summary>How to read a CSV file.</summary>
    public CsvOptions ToCsv() => new()
    {
        Layout = Layout,
        SeriesColumn = SeriesColumn,
        TimeColumn = TimeColumn,
        ValueColumn = ValueColumn,
    };

    /// <summary>How a found series is made ready.</summary>
    public PreparationOptions ToPreparation() => new() { Fill = Fill, Sentinels = Sentinels, ClipShare = ClipShare };

    /// <summary>The trainer's settings.</summary>
    /// <param name="horizons">Horizons in steps.</param>
    public TrainerOptions ToTrainer(IReadOnlyList<int> horizons) => new()
    {
        HorizonSteps = horizons,
        Epochs = Epochs,
        BatchWindows = Batch,
        LearningRate = LearningRate,
        StartVisits = StartVisits,
        Patience = Patience,
        ValidationShare = Validation,
        Loss = Loss.ToKind(),
        Optimizer = new() { Kind = Optimizer },
        Dropout = Dropout,
        Seed = Seed,
        Threads = ThreadsToUse(),
    };

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!SeriesPart.TryParse(Part, out _))
        {
            yield return new(
                $"'{Part}' must be N/M with 1 ≤ N ≤ M, such as 1/2 for every other series", [nameof(Part)]);
        }
    }
}

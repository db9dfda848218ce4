using Streaming.Daemon.Pipeline;
using Streaming.Daemon.Pretraining;
using Streaming.Inference.Model;
using Streaming.Inference.Series;
using Streaming.Training.FineTuning;
using Streaming.Training.Losses;
using Streaming.Training.Preparation;
using Streaming.Training.Pretraining;
using Streaming.Training.Samples;

namespace Streaming.Daemon.Backtest;

/// <summary>The network of a backtest: where its first weights come from, and how it learns on.</summary>
/// <remarks>What it is trained on lies before the scored rows, and what it is fine-tuned on before the step that is
/// forecast next.</remarks>
internal sealed class NetworkCourse
{
    private const int Epochs = 16;

    private readonly BacktestFile file;
    private readonly (EncodedWindow Window, long[] TimeTicks)[][] stretches = []; // of each series
    private readonly ReplayTuner? tuner;
    private readonly int seasonSteps;
    private int nextRow;

    private NetworkCourse(BacktestFile file, ModelParameters first, string text, bool isSilent)
    {
        (this.file, First, Text, IsSilent) = (file, first, text, isSilent);
        seasonSteps = file.Series.Max(one => one.Profile.SeasonSteps);
    }

    private NetworkCourse(
        BacktestFile file, ModelParameters first, string text, ForecasterSettings settings, double[] units)
        : this(file, first, text, isSilent: false)
    {
        tuner = new ReplayTuner(first, file.Series.Count, settings.Horizons);
        nextRow = file.Split.OnlineStart + seasonSteps - 1;
        stretches =
        [
            .. file.Series.Select((one, place) => Windows(one, file.EndTicks, settings, units[place]).ToArray()),
        ];
    }

    /// <summary>The first weights.</summary>
    public ModelParameters First { get; }

    /// <summary>What it is, in words.</summary>
    public string Text { get; }

    /// <summary>Whether there is none: it has no forecast, and no state to read.</summary>
    public bool IsSilent { get; }

    /// <summary>Finds or trains the first weights.</summary>
    /// <param name="file">The file that is about to be replayed.</param>
    /// <param name="request">What was asked for.</param>
    /// <param name="settings">Horizons and the rest that all series share.</param>
    /// <param name="stop">Looked at between batches.</param>
    /// <exception cref="ModelFileException">The configured model can't be used.</exception>
    /// <exception cref="OperationCanceledException">It was told to stop.</exception>
    public static NetworkCourse Of(
        BacktestFile file, BacktestRequest request, ForecasterSettings settings, CancellationToken stop)
    {
        if (request.Network == NetworkChoice.Served)
        {
            FirstModel served = FirstModel.Of(request.Configuration.Options.Model, settings);
            return new(file, served.Parameters, served.Source, isSilent: false);
        }

        double[] units = [.. file.Series.Select(one => UnitOf(one, file.TrainEndTicks))];
        EncodedWindow[] windows =
        [
            .. file.Series.SelectMany((one, place) => Windows(one, file.OnlineTicks, settings, units[place]))
                .Select(stretch => stretch.Window).Where(window => window.Steps > 2 * settings.Horizons[^1]),
        ];
        if (request.Network == NetworkChoice.None || windows.Length == 0)
        {
            return new(file, Silent(settings), request.Network == NetworkChoice.None ? "none" : "none: too little data",
                isSilent: true);
        }

        ModelParameters trained = Train(request, file, settings, windows, stop);
        string text = $"trained on the first {file.Split.OnlineStart:N0} rows";
        return request.Network == NetworkChoice.Tuned && file.Series.Max(one => one.Profile.SeasonSteps) > 0
            ? new(file, trained, $"{text}, then fine-tuned every season", settings, units)
            : new(file, trained, text, isSilent: false);
    }

    /// <summary>Learns from what has been seen, where a season has passed.</summary>
    /// <param name="newestTicks">Start of the newest step of each series: none after it is looked at.</param>
    /// <returns>New weights; null where the old ones stay.</returns>
    public ModelWeights? After(long[] newestTicks)
    {
        if (tuner is null || nextRow >= file.Split.End || newestTicks.Max() < file.Rows[nextRow])
        {
            return null;
        }

        nextRow += seasonSteps;
        return tuner.Tune(
            [.. stretches.Select((of, place) => Seen(of, newestTicks[place])).Where(one => one.Steps > 0)]);
    }

    /// <summary>The stretch that a moment lies in, and how many of its steps have come by then.</summary>
    private static (EncodedWindow Window, int Steps) Seen(
        (EncodedWindow Window, long[] TimeTicks)[] stretches, long newestTicks)
    {
        int at = Array.FindLastIndex(stretches, one => one.TimeTicks[0] <= newestTicks);
        return at < 0 ? default : (stretches[at].Window, StepsThrough(stretches[at].TimeTicks, newestTicks));
    }

    /// <summary>A network that says nothing: what is not finite is left out.</summary>
    public static ModelParameters Silent(ForecasterSettings settings)
    {
        var silent = new ModelParameters(settings.ShapeOf(hidden: 1, layers: 1));
        silent.HeadBias.Fill(float.NaN);
        return silent;
    }

    private static ModelParameters Train(
        BacktestRequest request, BacktestFile file, ForecasterSettings settings, EncodedWindow[] windows,
        CancellationToken stop)
    {
        Configuration.ModelOptions model = request.Configuration.Options.Model;
        using Trainer trainer = new(
            ModelInitializer.Create(settings.ShapeOf(model.Hidden, model.Layers), model.Seed), windows,
            new TrainerOptions
            {
                HorizonSteps = settings.Horizons,
                Loss = LossKind.MeanSquared,
                LearningRate = 3e-3,
                Epochs = Epochs,
                Patience = Epochs,
                ValidationShare = 1 - (file.Split.TrainEnd / (double)file.Split.OnlineStart),
                Threads = Math.Min(Environment.ProcessorCount, TrainerOptions.MaxThreads),
            });
        TrainingEnd end = trainer.Run(cancellation: stop);
        stop.ThrowIfCancellationRequested();
        return end.Best;
    }

    /// <summary>Stretches of a series before a time, without a gap too long to fill.</summary>
    private static IEnumerable<(EncodedWindow Window, long[] TimeTicks)> Windows(
        FoundSeries found, long endTicks, ForecasterSettings settings, double unit)
    {
        int count = found.Series.TimeTicks.AsSpan().BinarySearch(endTicks) is var at && at < 0 ? ~at : at;
        int covariates = found.Series.Covariates.Length / found.Series.Values.Length;
        RawSeries before = found.Series with
        {
            TimeTicks = found.Series.TimeTicks[..count],
            Values = found.Series.Values[..count],
            Covariates = found.Series.Covariates[..(count * covariates)],
        };
        var encoder = new WindowEncoder(settings);
        return count == 0 ? [] : SeriesPreparation.Prepare(before, found.Profile, settings, new PreparationOptions())
            .Select(sample => (encoder.Encode(sample, unit), sample.TimeTicks));
    }

    private static double UnitOf(FoundSeries found, long endTicks)
    {
        var unit = new ScoreUnit();
        for (int n = 0; n < found.Series.Values.Length && found.Series.TimeTicks[n] < endTicks; n++)
        {
            unit.Take(found.Series.Values[n], seasonSteps: 1);
        }

        return unit.Deviation;
    }

    private static int StepsThrough(long[] times, long lastTicks)
    {
        int at = times.AsSpan().BinarySearch(lastTicks + 1);
        return at < 0 ? ~at : at;
    }
}

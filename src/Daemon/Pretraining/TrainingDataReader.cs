using Streaming.Training.Preparation;
using Streaming.Training.Samples;

namespace Streaming.Daemon.Pretraining;

/// <summary>From files to windows that a network can be trained on.</summary>
internal sealed class TrainingDataReader(PretrainingConfiguration configuration, PretrainingOptions options)
{
    /// <summary>Reads, selects, prepares and encodes; the result does not depend on the number of threads.</summary>
    /// <param name="files">CSV files.</param>
    /// <exception cref="InvalidDataException">A line is not what it should be; names file and line.</exception>
    /// <exception cref="InputErrorException">There is nothing to train on, or a step can't be inferred.</exception>
    public TrainingData Read(IReadOnlyList<string> files)
    {
        FoundSeries[] found = [.. new SeriesFinder(configuration, options.ToCsv()).Read(files)];
        var part = SeriesPart.Parse(options.Part);
        FoundSeries[] chosen =
        [
            .. found.Where((_, index) => part.Has(index)),
            .. GeneratedStreams.Create(configuration, options.Generated, options.Seed),
        ];
        EncodedWindow[][] encoded =
            [.. chosen.AsParallel().AsOrdered().WithDegreeOfParallelism(options.ThreadsToUse()).Select(Encode)];
        int series = encoded.Count(windows => windows.Length > 0);
        if (series == 0)
        {
            throw new InputErrorException(
                $"DATA: no series is long enough to train on and to validate ({chosen.Length} were found); name more "
                + "data, smaller --horizons, or a --step that fits them.");
        }

        return new(
            [.. encoded.SelectMany(windows => windows)],
            [.. encoded.SelectMany((windows, n) => windows.Select(_ => chosen[n].Series.Id))],
            series, chosen.Length - series, found.Length,
            encoded.Sum(windows => windows.Sum(window => (long)window.Steps)),
            GridsOf(chosen.Where((_, n) => encoded[n].Length > 0)));
    }

    private EncodedWindow[] Encode(FoundSeries found)
    {
        var encoder = new WindowEncoder(configuration.Settings);
        return
        [
            .. SeriesPreparation.Prepare(
                    found.Series, found.Profile, configuration.Settings, options.ToPreparation())
                .Where(sample => HasTrainingLabel(sample.Values.Length))
                .Select(sample => InUnits(encoder.Encode(sample))),
        ];
    }

    private EncodedWindow InUnits(EncodedWindow window) =>
        options.LossUnit == LossUnit.Anchor ? window.RelativeToAnchor(options.Loss.ToKind()) : window;

    /// <summary>Whether a step has a label before the validation tail.</summary>
    private bool HasTrainingLabel(int steps) =>
        (int)(steps * (1 - options.Validation)) > configuration.Options.Model.Horizons[0];

    private static SeriesGrid[] GridsOf(IEnumerable<FoundSeries> series) =>
    [
        .. series.GroupBy(found => (found.Profile.StepTicks, found.Profile.SeasonSteps, found.Remark))
            .Select(alike => new SeriesGrid(
                alike.Count(), alike.Key.StepTicks, alike.Key.SeasonSteps, alike.Key.Remark)),
    ];
}

using System.Globalization;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Datasets;
using Streaming.Daemon.Pretraining;
using Streaming.Inference.Series;
using Streaming.Training.Preparation;

namespace Streaming.Daemon.Demo;

/// <summary>CSV files of the user's own as streams, read as train and backtest read them.</summary>
/// <remarks>Series of several files are called FILE/SERIES, or FILE where a file has but one. A file's step is its most
/// frequent spacing; those that differ from the first file's become rules.</remarks>
/// <param name="options">How files are read.</param>
internal sealed class OwnData(OwnDataOptions options)
{
    /// <summary>Series of all files, at most: the scorecard and the embedded cluster are made for few.</summary>
    private const int MostSeries = 5_000;

    /// <summary>Largest value that is taken: the daemon refuses larger ones.</summary>
    private const double LargestValue = 1e100;

    private const int MostWindowSteps = 4_096;

    /// <summary>Reads all files before one is replayed: what is wrong is known at once.</summary>
    /// <param name="paths">Files, and folders of them.</param>
    /// <exception cref="InvalidDataException">A line is not what it should be; names file and line.</exception>
    /// <exception cref="InputErrorException">There is nothing to replay, and why.</exception>
    /// <exception cref="IOException">A file can't be read.</exception>
    public DemoPlan Read(IReadOnlyList<string> paths)
    {
        IReadOnlyList<string> files = DataFiles.Find(paths);
        var streams = new Dictionary<string, DemoStream>(StringComparer.Ordinal);
        var steps = new List<(string Name, TimeSpan Step)>();
        foreach (string file in files)
        {
            string name = Path.GetFileNameWithoutExtension(file);
            RawSeries[] series = [.. CsvFile.Read(file, options.ToCsv()).Where(one => one.Values.Any(IsPresent))];
            steps.Add((name, StepOf(file, series)));
            foreach (DemoStream stream in series.Select(one => StreamOf(one, files.Count > 1 ? name : null)))
            {
                if (!streams.TryAdd(stream.Series, stream))
                {
                    throw new InputErrorException($"{file}: a second series is called '{stream.Series}'.");
                }
            }
        }

        if (streams.Count > MostSeries)
        {
            throw new InputErrorException(
                $"DATA: {streams.Count} series; the demo takes {MostSeries}. Name fewer files, or send them to a broker of yours.");
        }

        return PlanOf([.. streams.Values], steps);
    }

    private TimeSpan StepOf(string file, RawSeries[] series)
    {
        if (series.Length == 0)
        {
            throw new InputErrorException($"{file}: all values are missing; there is nothing to forecast.");
        }

        long ticks = options.Step?.Ticks ?? StepInference.MostFrequentSpacing(series)
            ?? throw new InputErrorException(
                $"{file}: no series has two times to infer a step from; name it with --step.");
        return TimeSpan.FromTicks(ticks);
    }

    private DemoStream StreamOf(RawSeries series, string? file) => new(
        file is null || file == series.Id ? series.Id : $"{file}/{series.Id}",
        [
            .. series.TimeTicks.Zip(series.Values).Where(row => IsPresent(row.Second))
                .Select(row => new DemoRow(new DateTime(row.First, DateTimeKind.Utc), row.Second)),
        ],
        []);

    private bool IsPresent(double value) =>
        double.IsFinite(value) && Math.Abs(value) <= LargestValue && !options.Sentinels.Contains(value);

    private DemoPlan PlanOf(IReadOnlyList<DemoStream> streams, List<(string Name, TimeSpan Step)> files)
    {
        var series = new SeriesOptions
        {
            Step = Text(files[0].Step),
            Season = options.Season,
            Kind = ValueKind.Gauge, // values are shown as they stand in the file
            WindowSteps = files.Max(file => WindowFor(file.Step)),
            MaxSkew = TimeSpan.FromDays(36_500), // files of different years: none may close another's steps
            MaxFuture = TimeSpan.FromDays(36_500),
        };
        RuleOptions[] rules =
        [
            .. files.Where(file => file.Step != files[0].Step)
                .SelectMany(file => new[] { file.Name, $"{file.Name}/*" }.Select(
                    select => new RuleOptions { Select = select, Step = Text(file.Step) })),
        ];
        ForecasterOptions Adjust(ForecasterOptions demo) =>
            demo with { Series = series, Rules = rules, Model = new() };
        var settings = Adjust(DemoConfiguration.Create("not-needed:0", port: 0));
        if (ConfigurationValidator.Validate(settings) is [var error, ..])
        {
            throw new InputErrorException($"DATA: {error}; see --step and --season.");
        }

        var book = new RuleBook(settings);
        return new(streams, Adjust, id => Cadence.Of(book.Resolve(id).Profile));
    }

    /// <summary>Room for two seasons, where that is not too much.</summary>
    private int WindowFor(TimeSpan step)
    {
        const int Usual = 1_024;
        double seasonSteps = (options.Season ?? TimeSpan.FromDays(1)) / step;
        return 2 * seasonSteps + Usual / 8 is var wanted and <= MostWindowSteps ? Math.Max(Usual, (int)wanted) : Usual;
    }

    private static string Text(TimeSpan step) => step.ToString("c", CultureInfo.InvariantCulture);
}

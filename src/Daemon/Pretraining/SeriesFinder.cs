using Streaming.Daemon.Configuration;
using Streaming.Daemon.Datasets;
using Streaming.Training.Preparation;

namespace Streaming.Daemon.Pretraining;

/// <summary>Reads the series of files and gives each the settings that it would have in service.</summary>
/// <param name="configuration">Settings of series.</param>
/// <param name="csv">How files lay out their series.</param>
internal sealed class SeriesFinder(PretrainingConfiguration configuration, CsvOptions csv)
{
    private const string Inferred = "inferred; --step names another";

    private readonly RuleBook? saidRules = configuration.HasStep ? new RuleBook(configuration.Options) : null;
    private readonly Dictionary<long, RuleBook> rulesByStep = [];

    /// <summary>All series, in the order of the files.</summary>
    /// <exception cref="InvalidDataException">A line is not what it should be; names file and line.</exception>
    /// <exception cref="InputErrorException">A file's step can't be inferred, or does not go with the settings.
    /// </exception>
    public IEnumerable<FoundSeries> Read(IReadOnlyList<string> files) => files.SelectMany(ReadFile);

    private IEnumerable<FoundSeries> ReadFile(string file)
    {
        IReadOnlyList<RawSeries> found = CsvFile.Read(file, csv with
        {
            StepTicks = SaidStepTicks() ?? csv.StepTicks,
            Covariates = configuration.Settings.Covariates,
        });
        RuleBook rules = RulesOf(file, found);
        foreach (RawSeries series in found)
        {
            SeriesKind kind = rules.Resolve(series.Id);
            bool isInferred = !configuration.HasStep
                && (kind.Rule is not { } rule || configuration.Options.Rules[rule].Step is null);
            yield return new(series, kind.Profile, isInferred ? Inferred : null);
        }
    }

    private RuleBook RulesOf(string file, IReadOnlyList<RawSeries> found)
    {
        if (saidRules is not null)
        {
            return saidRules;
        }

        long step = StepInference.MostFrequentSpacing(found)
            ?? throw new InputErrorException(
                $"{file}: no series has two times to infer a step from; name it with --step.");
        return rulesByStep.TryGetValue(step, out RuleBook? known)
            ? known
            : rulesByStep[step] = configuration.RulesWithStep(file, step);
    }

    private long? SaidStepTicks() =>
        configuration.HasStep && StepLength.TryParse(configuration.Options.Series.Step, out long ticks) && ticks > 0
            ? ticks
            : null;
}

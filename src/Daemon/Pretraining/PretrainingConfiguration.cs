using System.Globalization;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Pipeline;
using Streaming.Inference.Model;
using Streaming.Inference.Series;

namespace Streaming.Daemon.Pretraining;

/// <summary>The configuration under which a model will serve, as far as training needs it.</summary>
/// <remarks>
/// Sources are those of the daemon, and the command line wins. Kafka is not asked for, and the model file that the
/// configuration names is not opened: it may be the one about to be made. Groups are left out: training has
/// none, a backtest its files' columns, and both may run with another step or profile than groups need.
/// </remarks>
internal sealed class PretrainingConfiguration
{
    private const string StepKey = "Series:Step", SeasonKey = "Series:Season";

    private readonly ConfigurationResult said;

    private PretrainingConfiguration(ForecasterOptions options, ConfigurationResult said)
    {
        Options = options;
        this.said = said;
    }

    /// <summary>All settings; the step is "event" where nobody named one.</summary>
    public ForecasterOptions Options { get; }

    /// <summary>Whether somebody named the step of series that no rule takes.</summary>
    public bool HasStep => Says(StepKey);

    /// <summary>What all series share.</summary>
    public ForecasterSettings Settings => PipelineServices.SettingsOf(Options);

    /// <summary>Sizes of the network.</summary>
    public ModelShape Shape => Settings.ShapeOf(Options.Model.Hidden, Options.Model.Layers);

    /// <summary>Whether somebody named a setting, by its key.</summary>
    public bool Says(string key) => said.SourceOf(key) is not null;

    /// <summary>Loads and checks it.</summary>
    /// <param name="file">The file of --config, or null.</param>
    /// <param name="given">Keys and values of the command line.</param>
    /// <param name="from">Model file to start from, or null: its sizes and features hold where nobody names others.</param>
    /// <param name="errors">Gets everything that is wrong.</param>
    /// <returns>Null where something is wrong.</returns>
    /// <exception cref="ModelFileException">The model to start from can't be used.</exception>
    public static PretrainingConfiguration? Load(
        string? file, IReadOnlyDictionary<string, string?> given, string? from, List<ConfigurationError> errors)
    {
        var overrides = new Dictionary<string, string?>(given);
        ConfigurationResult said = Read(file, overrides, from: null);
        if (said.SourceOf(StepKey) is null)
        {
            overrides[StepKey] = StepLength.Event; // no season in time depends on it until the files tell the step
        }

        if (from is not null)
        {
            foreach ((string key, string value) in SizesOf(from))
            {
                if (said.SourceOf(key) is null)
                {
                    overrides[key] = value;
                }
            }
        }

        ConfigurationResult result = Read(file, overrides, from);
        errors.AddRange(result.Errors);
        return result.IsValid ? new(result.Options, said) : null;
    }

    /// <summary>Settings of each kind of series, where those without a step of their own have this one.</summary>
    /// <param name="source">Where the step comes from, for messages.</param>
    /// <param name="stepTicks">The step, in ticks.</param>
    /// <exception cref="InputErrorException">Some setting does not go with it.</exception>
    public RuleBook RulesWithStep(string source, long stepTicks)
    {
        string step = TimeSpan.FromTicks(stepTicks).ToString("c", CultureInfo.InvariantCulture);
        ForecasterOptions options = Options with { Series = Options.Series with { Step = step } };
        IReadOnlyList<ConfigurationError> errors = ConfigurationValidator.Validate(options);
        return errors.Count == 0
            ? new RuleBook(options)
            : throw new InputErrorException($"{source}: steps of {step}: {errors[0]}; name another with --step.");
    }

    private static ConfigurationResult Read(
        string? file, Dictionary<string, string?> overrides, string? from) => ConfigurationLoader.Load(new()
        {
            ConfigFile = file,
            Overrides = overrides,
            Adjust = options => options with
            {
                Kafka = new() { BootstrapServers = "not-needed:0" },
                Groups = [],
                Model = options.Model with { File = from },
                Series = overrides.ContainsKey(SeasonKey) ? options.Series with { SeasonSteps = null } : options.Series,
            },
        });

    private static IEnumerable<(string Key, string Value)> SizesOf(string from)
    {
        ModelOptions sizes = StoredModel.OptionsFor(from, StoredModel.Read(from).Model);
        return
        [
            ("Model:Hidden", $"{sizes.Hidden}"),
            ("Model:Layers", $"{sizes.Layers}"),
            ("Model:LagSteps", $"{sizes.LagSteps}"),
            ("Model:Features", string.Join(',', sizes.Features)),
            ("Model:Scaling", OptionNames.Of(sizes.Scaling)),
            ("Model:Horizons", string.Join(',', sizes.Horizons)),
        ];
    }
}

using System.CommandLine;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Pretraining;

namespace Streaming.Daemon.Cli.Training;

/// <summary>Options of train that are settings: of the configuration, or of training alone.</summary>
/// <remarks>They are read and checked as the settings of a file are, so a wrong one gets the same words.</remarks>
internal sealed class TrainSettings
{
    private const string Source = "command line";

    private readonly Setting[] ofConfiguration =
    [
        new("--step", "Series:Step", "SPAN", "Length of a step, 00:05:00 for five minutes. Without: as configured, or "
            + "the most frequent spacing in each file; an hour where a series is a line without times."),
        new("--season", "Series:Season", "SPAN", "Season, 1.00:00:00 for a day, 0 for none. Without: as configured, or "
            + "a day where that fits."),
        new("--horizons", "Model:Horizons", "1,6,24", "Steps ahead to forecast, ascending. Without: as configured."),
        new("--hidden", "Model:Hidden", "N", "Units per LSTM layer. Without: as configured."),
        new("--layers", "Model:Layers", "N", "Stacked LSTM layers. Without: as configured."),
        new("--lags", "Model:LagSteps", "N", "Past values that feed the head's linear skip. Without: as configured."),
        new("--features", "Model:Features", "default,mean:24", "Inputs of the network, in order. Without: as configured."),
        new("--covariates", "Input:Covariates", "NAME", "Columns of covariates, for features. Without: as configured."),
        new("--scaling", "Model:Scaling", "standard|min-max", "What inputs are scaled by. Without: as configured."),
    ];

    private readonly Setting[] ofTraining =
    [
        new(nameof(PretrainingOptions.Layout), "auto|long|wide|rows", "How files lay out series; auto: by the header."),
        new(nameof(PretrainingOptions.SeriesColumn), "NAME", "Column of the series id in a long file."),
        new(nameof(PretrainingOptions.TimeColumn), "NAME", "Column of the time; none: time, timestamp, date, …"),
        new(nameof(PretrainingOptions.ValueColumn), "NAME", "Column of the value in a long file."),
        new(nameof(PretrainingOptions.Part), "N/M", "Train on the N-th of each M series; measure with the others."),
        new(nameof(PretrainingOptions.Fill), "hold|linear|seasonal", "What stands in for missing values."),
        new(nameof(PretrainingOptions.Sentinels), "X", "A value that means missing, such as -9999; may be repeated."),
        new(nameof(PretrainingOptions.ClipShare), "SHARE", "Share of values clipped at each end of a series."),
        new(nameof(PretrainingOptions.Generated), "N", "Generated streams of all kinds to train on as well."),
        new(nameof(PretrainingOptions.Epochs), "N", "Passes over all series, at most."),
        new(
            nameof(PretrainingOptions.StartVisits), "N",
            "Visits of each series' beginning in an epoch: for new series."),
        new(nameof(PretrainingOptions.Batch), "N", "Series trained side by side."),
        new(nameof(PretrainingOptions.LearningRate), "RATE", "Largest step size, between warm-up and cosine."),
        new(nameof(PretrainingOptions.Patience), "N", "Epochs without a better validation loss that end training."),
        new(nameof(PretrainingOptions.Validation), "SHARE", "Newest share of each series, which validates only."),
        new(nameof(PretrainingOptions.Loss), "huber|mse|mae", "What is minimized."),
        new(
            nameof(PretrainingOptions.LossUnit), "anchor|scale",
            "What losses are counted in: the anchor's, or scales."),
        new(nameof(PretrainingOptions.Optimizer), "adam|adamw|rmsprop|sgd", "How updates follow from gradients."),
        new(nameof(PretrainingOptions.Dropout), "SHARE", "Hidden units switched off between layers while training."),
        new(nameof(PretrainingOptions.Seed), "N", "Seed of weights, order and generated streams."),
        new(nameof(PretrainingOptions.Threads), "N", "Threads, 0 for one a core; any number gives the same weights."),
    ];

    public void AddTo(Command command)
    {
        foreach (Setting setting in ofConfiguration.Concat(ofTraining))
        {
            command.Options.Add(setting.Option);
        }
    }

    /// <summary>Settings of the configuration that were given, by their keys.</summary>
    public IReadOnlyDictionary<string, string?> Configuration(ParseResult parsed) => ofConfiguration
        .Where(setting => setting.Texts(parsed).Length > 0)
        .ToDictionary(setting => setting.Key, setting => (string?)string.Join(',', setting.Texts(parsed)));

    /// <summary>Settings of training, checked.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="errors">Gets everything that is wrong with them.</param>
    public PretrainingOptions Options(ParseResult parsed, List<ConfigurationError> errors)
    {
        IEnumerable<KeyValuePair<string, string?>> given = ofTraining
            .Where(setting => setting.Texts(parsed).Length > 0)
            .Select(setting => KeyValuePair.Create(setting.Key, (string?)string.Join(',', setting.Texts(parsed))));
        var layer = new ConfigurationLayer(Source, ConfigurationLayers.FromPairs(given));
        var options = new OptionsBinder(errors).Bind<PretrainingOptions>([layer]);
        errors.AddRange(ConfigurationValidator.Section(options, ""));
        return options;
    }

    /// <summary>An error as a line that calls a setting by its option.</summary>
    public string Text(ConfigurationError error)
    {
        Setting? setting = Array.Find([.. ofConfiguration, .. ofTraining], setting => IsOf(error.Key, setting.Key));
        return setting is null ? $"{error}" : $"{setting.Option.Name}: {error.Message}";
    }

    private static bool IsOf(string key, string setting) =>
        key == setting || key.StartsWith($"{setting}:", StringComparison.Ordinal);

    private sealed class Setting
    {
        /// <param name="property">One of <see cref="PretrainingOptions"/>: says option, key and default.</param>
        /// <param name="sample">What a value looks like.</param>
        /// <param name="description">What it decides.</param>
        public Setting(string property, string sample, string description)
            : this(OptionText.Name(property), property, sample, $"{description} Default {DefaultOf(property)}.")
        {
        }

        public Setting(string name, string key, string sample, string description)
        {
            Key = key;
            Option = new(name)
            {
                Description = description,
                HelpName = sample,
                Arity = ArgumentArity.OneOrMore,
                AllowMultipleArgumentsPerToken = false, // DATA may follow
            };
        }

        public string Key { get; }

        public Option<string[]> Option { get; }

        public string[] Texts(ParseResult parsed) => parsed.GetValue(Option) ?? [];

        private static string DefaultOf(string property) =>
            OptionText.Value(typeof(PretrainingOptions).GetProperty(property)!.GetValue(new PretrainingOptions()));
    }
}

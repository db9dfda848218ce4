using System.CommandLine;
using Streaming.Daemon.Backtest;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Pretraining;

namespace Streaming.Daemon.Cli.Backtest;

/// <summary>The arguments of backtest, and the request they make.</summary>
internal sealed class BacktestArguments
{
    private readonly Argument<string[]> data = new("DATA")
    {
        Description = "CSV files, and folders of them.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> config = ConfigurationInput.Option();
    private readonly CommandSettings<BacktestOptions> settings = BacktestSettings.Create();

    private readonly Option<string?> model = new("--model")
    {
        Description = "Model file that forecasts, trained for all steps to the longest horizon.",
        HelpName = "FILE",
    };

    private readonly Option<bool> baselines = new("--baselines")
    {
        Description = "Also score each expert by itself: last value, seasonal naives, smoothing, linear ones, the LSTM.",
    };

    private readonly Option<string?> report = new("--report")
    {
        Description = "Write a page to look at: forecasts, errors over time, experts, anomalies.",
        HelpName = "FILE.html",
    };

    private readonly JsonOption json = JsonOption.Of<IReadOnlyList<BacktestResult>>(
        BacktestResult.Format,
        "Print the scores as one JSON array on stdout; all else goes to stderr.");

    public void AddTo(Command command)
    {
        command.Arguments.Add(data);
        command.Options.Add(config);
        settings.AddTo(command);
        command.Options.Add(model);
        command.Options.Add(baselines);
        command.Options.Add(report);
        command.Options.Add(json);
    }

    public bool AsJson(ParseResult parsed) => parsed.GetValue(json);

    /// <summary>Checks all that can be checked without reading data.</summary>
    /// <exception cref="InputErrorException">Everything that is wrong, a line each.</exception>
    /// <exception cref="Inference.Model.ModelFileException">The model file can't be read.</exception>
    public BacktestRequest Read(ParseResult parsed)
    {
        var errors = new List<ConfigurationError>();
        BacktestOptions options = settings.Options(parsed, errors);
        string? modelFile = parsed.GetValue(model);
        PretrainingConfiguration? configuration = PretrainingConfiguration.Load(
            parsed.GetValue(config), settings.Configuration(parsed), modelFile, errors);
        if (configuration is null || errors.Count > 0)
        {
            throw new InputErrorException([.. errors.Select(settings.Text)]);
        }

        if (modelFile is not null)
        {
            CheckHorizons(modelFile, configuration.Options.Model.Horizons, options.Horizons[^1]);
        }

        string? page = parsed.GetValue(report);
        if (page is not null && Path.GetDirectoryName(Path.GetFullPath(page)) is var folder
            && !Directory.Exists(folder))
        {
            throw new InputErrorException($"--report: there is no folder {folder}.");
        }

        return new(
            DataFiles.Find(parsed.GetValue(data) ?? []), configuration, options, parsed.GetValue(baselines), page);
    }

    /// <summary>Scores are means over all steps to a horizon, so the network must forecast each.</summary>
    private static void CheckHorizons(string file, IReadOnlyList<int> horizons, int longest)
    {
        if (!horizons.SequenceEqual(Enumerable.Range(1, longest)))
        {
            throw new InputErrorException(
                $"--model: {file} forecasts {string.Join(", ", horizons)} steps ahead; scores up to {longest} need one "
                + $"that was trained with --horizons {string.Join(',', Enumerable.Range(1, Math.Min(longest, 3)))},… to "
                + $"{longest}.");
        }
    }
}

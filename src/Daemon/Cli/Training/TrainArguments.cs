using System.CommandLine;
using Streaming.Daemon.Cli.Models;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Pretraining;

namespace Streaming.Daemon.Cli.Training;

/// <summary>The arguments of train, and the request they make.</summary>
internal sealed class TrainArguments
{
    private readonly Argument<string[]> data = new("DATA")
    {
        Description = "CSV files, and folders of them.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly ModelTarget target = new();
    private readonly Option<string?> config = ConfigurationInput.Option();
    private readonly CommandSettings<PretrainingOptions> settings = TrainSettings.Create();

    private readonly Option<string?> from = new("--from")
    {
        Description = "Model file to start from. Without: new weights, by --seed.",
        HelpName = "FILE",
    };

    private readonly Option<bool> resume = new("--resume")
    {
        Description = "Go on where an earlier run with the same data and options was stopped.",
    };

    private readonly JsonOption json = JsonOption.Of<PretrainingReport>(
        PretrainingReport.Format,
        "Print the result as one JSON object on stdout's last line; all else goes to stderr.");

    public void AddTo(Command command)
    {
        command.Arguments.Add(data);
        target.AddTo(command);
        command.Options.Add(config);
        settings.AddTo(command);
        command.Options.Add(from);
        command.Options.Add(resume);
        command.Options.Add(json);
    }

    public bool AsJson(ParseResult parsed) => parsed.GetValue(json);

    /// <summary>Checks all that can be checked without reading data.</summary>
    /// <exception cref="InputErrorException">Everything that is wrong, a line each.</exception>
    /// <exception cref="Inference.Model.ModelFileException">A model file can't be read, or written.</exception>
    public PretrainingRequest Read(ParseResult parsed)
    {
        var errors = new List<ConfigurationError>();
        string? start = parsed.GetValue(from);
        PretrainingOptions options = settings.Options(parsed, errors);
        PretrainingConfiguration? configuration = PretrainingConfiguration.Load(
            parsed.GetValue(config), settings.Configuration(parsed), start, errors);
        if (configuration is null || errors.Count > 0)
        {
            throw new InputErrorException([.. errors.Select(settings.Text)]);
        }

        IReadOnlyList<string> files = DataFiles.Find(parsed.GetValue(data) ?? []);
        if (files.Count == 0 && options.Generated == 0)
        {
            throw new InputErrorException(
                "DATA: there is nothing to train on; name CSV files or folders, or --generated N.");
        }

        bool isResumed = parsed.GetValue(resume), replace = isResumed || target.IsForced(parsed);
        var request = new PretrainingRequest(
            files, target.Path(parsed), start, isResumed, replace, configuration, options);
        CheckTargets(request);
        return request;
    }

    private static void CheckTargets(PretrainingRequest request)
    {
        if (File.Exists(request.State) && !request.Replace)
        {
            throw new InputErrorException(
                $"{request.State}: an earlier run was stopped; go on with --resume, or start anew with --force.");
        }

        ModelTarget.Check(request.Output, request.Replace);
        ModelTarget.Check(request.Curve, request.Replace);
    }
}

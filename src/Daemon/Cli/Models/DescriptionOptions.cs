using System.CommandLine;
using Streaming.Inference.Model;
using Streaming.Inference.Series;

namespace Streaming.Daemon.Cli.Models;

/// <summary>Options that say of a network what its file does not.</summary>
internal sealed class DescriptionOptions
{
    private readonly Dictionary<string, Option<string?>> options = new()
    {
        [ModelMetadata.Horizons] = Option("--horizons", "1,6,24", "Steps ahead, one an output. Without: 1, 2, …"),
        [ModelMetadata.Lags] = Option("--lags", "N", "Past values in front of the skip. Without: by its width, or 48."),
        [ModelMetadata.Features] =
            Option("--features", "A,B", "Names of the inputs. Without: those made here, in order."),
        [ModelMetadata.Scaler] = Option("--scaler", "NAME", "What scaled the inputs. Without: what scales them here."),
        [ModelMetadata.Version] = Option("--model-version", "TEXT", "Without: the name of the written file."),
    };

    public void AddTo(Command command)
    {
        foreach (Option<string?> option in options.Values)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>What was given, by the keys of <see cref="ModelMetadata"/>.</summary>
    public IReadOnlyDictionary<string, string> Given(ParseResult parsed) =>
        options.Where(option => parsed.GetValue(option.Value) is not null)
            .ToDictionary(option => option.Key, option => Text(option.Key, parsed.GetValue(option.Value)!));

    /// <summary>Names that stand for several inputs are written out; those that nobody knows here stay.</summary>
    private static string Text(string key, string given) =>
        key == ModelMetadata.Features && FeatureList.TryParse(given.Split(','), out FeatureList? features, out _)
            ? string.Join(',', features.Names)
            : given;

    private static Option<string?> Option(string name, string sample, string description) =>
        new(name) { Description = description, HelpName = sample };
}

using Streaming.Inference.Series;

namespace Streaming.Daemon.Configuration;

/// <summary>Whether covariates can be read, and the features that tell of them are there.</summary>
internal static class CovariateChecks
{
    private const string Key = "Input:Covariates";

    public static IEnumerable<ConfigurationError> Check(ForecasterOptions options)
    {
        (string Name, string Path)[] covariates = [.. options.Input.CovariatePaths()];
        foreach ((string name, string path) in covariates)
        {
            if (!FeatureList.IsCovariate(name))
            {
                yield return new(Key, $"'{name}' must be letters, digits, '.', '_' or '-', at most 64");
            }
            else if (covariates.Count(covariate => covariate.Name == name) > 1)
            {
                yield return new(Key, $"'{name}' is there twice");
            }
            else if (Fault(options.Input, path) is { } fault)
            {
                yield return new(Key, fault);
            }
        }

        InputFormat format = options.Input.Format;
        if (covariates.Length > 0
            && format is not (InputFormat.Auto or InputFormat.Json or InputFormat.Influx or InputFormat.Csv))
        {
            yield return new(Key, $"can't be read from {OptionNames.Of(format)}: Input:Format must be json, influx, csv or auto");
        }

        IEnumerable<string> needed = FeatureList.TryParse(options.Model.Features, out FeatureList? features, out _)
            ? features.Covariates
            : [];
        foreach (string name in needed.Except(covariates.Select(covariate => covariate.Name)))
        {
            yield return new("Model:Features", $"covariate '{name}' is none of Input:Covariates");
        }
    }

    private static string? Fault(InputOptions input, string path) =>
        path.Split('.').Any(part => part.Length == 0) ? $"'{path}' has an empty part; write it as name or outer.inner"
        : input.Format == InputFormat.Csv && input.Csv.IndexOf(path) < 0
            ? $"'{path}' is none of Input:Csv:Columns, nor the number of one (from 1)"
        : null;
}

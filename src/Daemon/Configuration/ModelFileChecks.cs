using Streaming.Inference.Model;
using Streaming.Inference.Series;

namespace Streaming.Daemon.Configuration;

/// <summary>Whether the file of the first version is one that the other model options ask for.</summary>
internal static class ModelFileChecks
{
    private const string Key = "Model:File";

    public static IEnumerable<ConfigurationError> Check(ForecasterOptions options)
    {
        ModelOptions model = options.Model;
        return model.File is null || ConfigurationValidator.Section(model, "").Any() ? [] : Compare(model, model.File);
    }

    private static IEnumerable<ConfigurationError> Compare(ModelOptions asked, string path)
    {
        ModelOptions needed;
        try
        {
            needed = StoredModel.OptionsFor(path, StoredModel.Read(path).Model);
        }
        catch (Exception e) when (e is ModelFileException or IOException or UnauthorizedAccessException)
        {
            return [new(Key, e.Message)];
        }

        return
        [
            .. Differences(needed.Hidden, asked.Hidden, nameof(ModelOptions.Hidden)),
            .. Differences(needed.Layers, asked.Layers, nameof(ModelOptions.Layers)),
            .. Differences(Text(needed.Horizons), Text(asked.Horizons), nameof(ModelOptions.Horizons)),
            .. Differences(needed.LagSteps, asked.LagSteps, nameof(ModelOptions.LagSteps)),
            .. Differences(Text(needed.Features), Text(asked.Features), nameof(ModelOptions.Features)),
            .. Differences(
                OptionNames.Of(needed.Scaling), OptionNames.Of(asked.Scaling), nameof(ModelOptions.Scaling)),
        ];

        IEnumerable<ConfigurationError> Differences<T>(T of, T than, string name) =>
            Equals(of, than) ? [] : [new($"Model:{name}", $"must be {of} as in {path} ({Key}), but is {than}")];
    }

    private static string Text(IEnumerable<string> features) => FeatureList.Parse(features).ToString();

    private static string Text(IEnumerable<int> steps) => string.Join(", ", steps);
}

using System.Globalization;
using Streaming.Inference.Model;

namespace Streaming.Inference.Series;

/// <summary>What a network must have been trained on for the forecaster to feed it.</summary>
public static class ServedModel
{
    /// <summary>Metadata of a network that was trained on these features, with the default number of lags.</summary>
    /// <param name="version">Its version.</param>
    public static IReadOnlyDictionary<string, string> Metadata(string version) =>
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [ModelMetadata.Version] = version,
            [ModelMetadata.Features] = string.Join(',', Features.InputNames),
            [ModelMetadata.Lags] = ForecasterSettings.DefaultLagSteps.ToString(CultureInfo.InvariantCulture),
            [ModelMetadata.Scaler] = Scaler.Name,
        };

    /// <summary>Checks that a network can be fed here.</summary>
    /// <param name="description">What its file says.</param>
    /// <param name="file">The file's name, for messages.</param>
    /// <exception cref="ModelFileException">It was trained on other features, or in another scale.</exception>
    public static void Require(ModelDescription description, string file)
    {
        ArgumentNullException.ThrowIfNull(description);
        Require(file, ModelMetadata.Features, string.Join(',', Features.InputNames), string.Join(',', description.Features));
        Require(file, ModelMetadata.Scaler, Scaler.Name, description.Scaler);
    }

    private static void Require(string file, string key, string expected, string found)
    {
        if (found != expected)
        {
            throw new ModelFileException(file, key, expected, found);
        }
    }
}

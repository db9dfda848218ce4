using System.Globalization;
using Streaming.Inference.Model;

namespace Streaming.Inference.Series;

/// <summary>What a network must have been trained on for the forecaster to feed it.</summary>
public static class ServedModel
{
    /// <summary>Metadata of a network that was trained on the default features, in the default scaling, with the default
    /// number of lags.</summary>
    /// <param name="version">Its version.</param>
    public static IReadOnlyDictionary<string, string> Metadata(string version) =>
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [ModelMetadata.Version] = version,
            [ModelMetadata.Features] = string.Join(',', FeatureList.Default.Names),
            [ModelMetadata.Lags] = ForecasterSettings.DefaultLagSteps.ToString(CultureInfo.InvariantCulture),
            [ModelMetadata.Scaler] = Scalings.NameOf(Scaling.Standard),
        };

    /// <summary>The features that a network was trained on.</summary>
    /// <param name="description">What its file says.</param>
    /// <param name="file">The file's name, for messages.</param>
    /// <exception cref="ModelFileException">They are none that are made here.</exception>
    public static FeatureList FeaturesOf(ModelDescription description, string file)
    {
        ArgumentNullException.ThrowIfNull(description);
        return FeatureList.TryParse(description.Features, out FeatureList? list, out string? error)
            && list.Names.Length == description.Features.Length
            ? list
            : throw new ModelFileException(
                file, ModelMetadata.Features, "names of inputs that are made here",
                $"{string.Join(',', description.Features)}: {error ?? "one name may stand for one input only"}");
    }

    /// <summary>The scaling that a network was trained in.</summary>
    /// <param name="description">What its file says.</param>
    /// <param name="file">The file's name, for messages.</param>
    /// <exception cref="ModelFileException">It is none that is made here.</exception>
    public static Scaling ScalingOf(ModelDescription description, string file)
    {
        ArgumentNullException.ThrowIfNull(description);
        return Scalings.OfName(description.Scaler)
            ?? throw new ModelFileException(
                file, ModelMetadata.Scaler, $"one of {Scalings.Known}", description.Scaler);
    }
}

using System.Globalization;
using Streaming.Inference.Model;
using Streaming.Inference.Series;

namespace Streaming.Daemon.Pretraining;

/// <summary>A trained network as a model file that says how it was made.</summary>
internal static class TrainedModel
{
    private const string Prefix = "forecaster.trained.";

    /// <summary>The file's content: the same run gives the same bytes.</summary>
    public static byte[] ToBytes(
        PretrainingRequest request, TrainingData data, ModelParameters weights, PretrainingReport report)
    {
        var description = new ModelDescription
        {
            Version = Path.GetFileNameWithoutExtension(request.Output),
            Features = request.Configuration.Settings.Features.Names,
            Horizons = [.. request.Configuration.Options.Model.Horizons],
            LagSteps = request.Configuration.Options.Model.LagSteps,
            Scaler = Scalings.NameOf(request.Configuration.Settings.Scaling),
        };
        Dictionary<string, string> metadata = description.ToMetadata();
        foreach ((string name, string value) in Facts(request.Options, data, report))
        {
            metadata[Prefix + name] = value;
        }

        return new ModelFile(weights, metadata).ToBytes();
    }

    private static IEnumerable<(string Name, string Value)> Facts(
        PretrainingOptions options, TrainingData data, PretrainingReport report)
    {
        yield return ("series", $"{data.Series}");
        yield return ("steps", $"{data.Steps}");
        yield return ("part", report.Part);
        yield return ("generated", $"{options.Generated}");
        yield return ("epochs", $"{report.Epochs}");
        yield return ("best-epoch", $"{report.BestEpoch}");
        yield return ("updates", $"{report.Updates}");
        yield return ("loss", OptionText.Value(options.Loss));
        yield return ("loss-unit", OptionText.Value(options.LossUnit));
        yield return ("train-loss", Number(report.TrainLoss));
        yield return ("validation-loss", Number(report.ValidationLoss));
        yield return ("seed", $"{options.Seed}");
    }

    private static string Number(double? loss) =>
        loss is { } number ? number.ToString("R", CultureInfo.InvariantCulture) : "none";
}

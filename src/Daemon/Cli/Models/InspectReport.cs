using System.Text.Json.Serialization;
using Streaming.Daemon.Configuration;
using Streaming.Inference.Model;

namespace Streaming.Daemon.Cli.Models;

/// <summary>What model inspect prints, and its --json as one object.</summary>
/// <param name="File">The path.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Checksum">"matches", or "none" where the file is another program's.</param>
/// <param name="Parameters">Trained numbers, the two biases of a torch layer counted as one.</param>
/// <param name="Shape">Sizes of the network.</param>
/// <param name="Metadata">The file's own, but for format, checksum and shape.</param>
/// <param name="Tensors">In the order of their data.</param>
/// <param name="CanServe">Whether this build makes the network's features, and its options allow the sizes.</param>
/// <param name="Obstacle">Why not.</param>
/// <param name="Configuration">The configuration that serves it, in the form of a configuration file.</param>
internal sealed record InspectReport(
    [property: JsonPropertyName("file")] string File,
    [property: JsonPropertyName("bytes")] long Bytes,
    [property: JsonPropertyName("checksum")] string Checksum,
    [property: JsonPropertyName("parameters")] int Parameters,
    [property: JsonPropertyName("shape")] ShapeReport Shape,
    [property: JsonPropertyName("metadata")] IReadOnlyDictionary<string, string> Metadata,
    [property: JsonPropertyName("tensors")] IReadOnlyList<TensorReport> Tensors,
    [property: JsonPropertyName("canServe")] bool CanServe,
    [property: JsonPropertyName("obstacle")] string? Obstacle,
    [property: JsonPropertyName("configuration")] ServingReport? Configuration)
{
    public static InspectReport Of(string file, ModelInspection inspection)
    {
        ModelFile model = inspection.Model;
        ModelParameters parameters = model.Parameters;
        (ServingReport? configuration, string? obstacle) = Serving(file, model);
        return new(
            file,
            inspection.Bytes,
            inspection.HasChecksum ? "matches" : "none",
            parameters.Values.Length,
            ShapeReport.Of(parameters.Shape),
            model.Metadata,
            [.. inspection.Tensors.Select(TensorReport.Of)],
            obstacle is null,
            obstacle,
            configuration);
    }

    private static (ServingReport? Configuration, string? Obstacle) Serving(string file, ModelFile model)
    {
        try
        {
            ModelOptions options = StoredModel.OptionsFor(file, model);
            ConfigurationError? error = ConfigurationValidator.Section(options, "Model").FirstOrDefault();
            return error is null ? (ServingReport.Of(options), null) : (null, error.ToString());
        }
        catch (ModelFileException e)
        {
            return (null, e.Message);
        }
    }
}

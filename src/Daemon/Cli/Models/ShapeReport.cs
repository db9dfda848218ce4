using System.Text.Json.Serialization;
using Streaming.Inference.Model;

namespace Streaming.Daemon.Cli.Models;

/// <summary>Sizes of a network, as model inspect prints them.</summary>
internal sealed record ShapeReport(
    [property: JsonPropertyName("inputs")] int Inputs,
    [property: JsonPropertyName("hidden")] int Hidden,
    [property: JsonPropertyName("layers")] int Layers,
    [property: JsonPropertyName("skip")] int Skip,
    [property: JsonPropertyName("outputs")] int Outputs)
{
    public static ShapeReport Of(ModelShape shape) =>
        new(shape.Inputs, shape.Hidden, shape.Layers, shape.SkipInputs, shape.Outputs);
}

using System.Text.Json.Serialization;
using Streaming.Inference.Model;

namespace Streaming.Daemon.Cli.Models;

/// <summary>A tensor, as model inspect prints it.</summary>
internal sealed record TensorReport(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("dtype")] string Type,
    [property: JsonPropertyName("shape")] IReadOnlyList<long> Shape,
    [property: JsonPropertyName("min")] float Min,
    [property: JsonPropertyName("max")] float Max,
    [property: JsonPropertyName("norm")] double Norm)
{
    public static TensorReport Of(TensorSummary tensor) =>
        new(tensor.Name, tensor.Type, tensor.Shape, tensor.Min, tensor.Max, tensor.Norm);
}

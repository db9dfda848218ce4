using System.Text.Json.Serialization;

namespace Benchmarks.Step;

/// <summary>One line of the benchmark.</summary>
/// <param name="Hidden">Units of each of the two layers.</param>
/// <param name="Batch">Series a call.</param>
/// <param name="NsPerStep">Our time per series and step.</param>
/// <param name="PeakShare">Multiply-adds of the layers over the core's limit, measured in the same rounds.</param>
/// <param name="OnnxNsPerStep">ONNX Runtime's time per series and step.</param>
/// <param name="OnnxRatio">ONNX Runtime's time over ours.</param>
internal sealed record StepResult(
    int Hidden, int Batch, double NsPerStep, double PeakShare, double OnnxNsPerStep, double OnnxRatio)
{
    /// <summary>Series stepped in turn where they are more than the batch.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Series { get; init; }

    /// <summary>Time with these scattered series over the time with one batch that stays in the cache.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? HotRatio { get; init; }
}

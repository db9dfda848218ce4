using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Streaming.Training.Pretraining;

namespace Streaming.Daemon.Pretraining;

/// <summary>What came of a run; train --json prints it as one object.</summary>
/// <param name="Series">Series that trained, generated ones included.</param>
/// <param name="Steps">Their steps.</param>
/// <param name="SkippedSeries">Series of the part that were too short.</param>
/// <param name="Part">Which of the series in the files trained, N/M.</param>
/// <param name="Epochs">Epochs done, those before a pause included.</param>
/// <param name="BestEpoch">The epoch whose weights were kept; 0: those training began with.</param>
/// <param name="TrainLoss">Loss of that epoch; null for epoch 0.</param>
/// <param name="ValidationLoss">Validation loss of its weights; null without validation.</param>
/// <param name="Updates">Updates made.</param>
/// <param name="Stop">Why training ended.</param>
/// <param name="Reason">The same in words.</param>
/// <param name="Seconds">Wall-clock time, of this process.</param>
/// <param name="Output">The model file; null where none was written.</param>
/// <param name="Parameters">Trained numbers.</param>
internal sealed record PretrainingReport(
    int Series,
    long Steps,
    int SkippedSeries,
    string Part,
    int Epochs,
    int BestEpoch,
    double? TrainLoss,
    double? ValidationLoss,
    int Updates,
    TrainingStop Stop,
    string Reason,
    double Seconds,
    string? Output,
    int Parameters)
{
    public static readonly JsonSerializerOptions Format = new()
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // a terminal or a file reads this, no browser
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
    };

    /// <summary>Whether training ended for a fault of data or settings.</summary>
    [JsonIgnore]
    public bool HasFailed => Stop is TrainingStop.BadData or TrainingStop.Diverged;

    public string ToJson() => JsonSerializer.Serialize(this, Format);
}

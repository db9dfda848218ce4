using System.Text;
using Streaming.Daemon.Cli.Models;
using Streaming.Inference.Model;
using Streaming.Training.Pretraining;

namespace Streaming.Daemon.Pretraining;

/// <summary>What comes of a run: the model, and the picture of its losses.</summary>
internal static class TrainedFiles
{
    /// <summary>Writes both, each whole or not at all.</summary>
    /// <param name="request">Where to, and whether files that are there may go.</param>
    /// <param name="data">What was trained on.</param>
    /// <param name="weights">The best weights.</param>
    /// <param name="epochs">Reports of all epochs.</param>
    /// <param name="report">The run in numbers.</param>
    /// <exception cref="IOException">A file can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be written.</exception>
    public static void Write(
        PretrainingRequest request, TrainingData data, ModelParameters weights, IReadOnlyList<EpochReport> epochs,
        PretrainingReport report)
    {
        AtomicFile.Write(request.Output, TrainedModel.ToBytes(request, data, weights, report), request.Replace);
        string picture = LossCurve.Draw(
            $"Training of {Path.GetFileName(request.Output)}",
            $"loss ({OptionText.Value(request.Options.Loss)}, in units of {UnitOf(request.Options.LossUnit)})", epochs,
            report.BestEpoch);
        AtomicFile.Write(request.Curve, Encoding.UTF8.GetBytes(picture), request.Replace);
    }

    private static string UnitOf(LossUnit unit) => unit == LossUnit.Anchor ? "what the anchor loses" : "scale";
}

using System.Globalization;
using Streaming.Inference.Model;
using Streaming.Inference.Series;
using Streaming.Training.Pretraining;
using Streaming.Training.Samples;

namespace Benchmarks.Learn;

/// <summary>Pretrains the network that a benchmark measures.</summary>
internal static class Pretraining
{
    private const int Hidden = 32;

    /// <summary>Trains from random weights to the end of the schedule and takes the best epoch.</summary>
    /// <param name="name">Of what; for the progress lines on stderr.</param>
    /// <param name="windows">What to learn from.</param>
    /// <param name="settings">Horizons and lags.</param>
    /// <param name="options">How.</param>
    public static ModelParameters Run(
        string name, IEnumerable<EncodedWindow> windows, ForecasterSettings settings, TrainerOptions options)
    {
        using var trainer = new Trainer(
            ModelInitializer.Create(settings.ShapeOf(Hidden, layers: 2), options.Seed),
            [.. windows],
            options with { Patience = options.Epochs, Threads = 2 });
        TrainingEnd end = trainer.Run(epoch => Console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name} epoch {epoch.Epoch}: {epoch.Updates} updates, loss {epoch.TrainLoss:f4}, "
            + $"validation {epoch.ValidationLoss:f4}")));
        Console.Error.WriteLine($"{name}: {end.Reason}; epoch {end.BestEpoch} is best.");
        return end.Best;
    }
}

using Benchmarks.Learn;
using Streaming.Inference.Model;
using Streaming.Inference.Series;
using Streaming.Training.Losses;
using Streaming.Training.Preparation;

namespace Benchmarks.Experts;

/// <summary>Trains the network that forecasts beside the experts.</summary>
internal static class NetworkPretraining
{
    /// <summary>Trains on whole series, for absolute errors on series that it has never seen.</summary>
    public static ModelParameters OnOthers(IReadOnlyList<RawSeries> series, int[] horizons) =>
        Learn.Pretraining.Run(
            "M4",
            series.Select(one => Channel.Of(one, Settings(horizons), TimeSpan.TicksPerHour).Window
                .RelativeToAnchor(LossKind.MeanAbsolute)),
            Settings(horizons),
            new() { HorizonSteps = [.. horizons], Loss = LossKind.MeanAbsolute, Epochs = 10, StartVisits = 4 });

    /// <summary>What it is fed and forecasts.</summary>
    public static ForecasterSettings Settings(int[] horizons) =>
        new() { Horizons = [.. horizons], LagSteps = 336 };
}

using Benchmarks.Learn;
using Streaming.Inference.Model;
using Streaming.Inference.Series;
using Streaming.Training.Losses;
using Streaming.Training.Preparation;

namespace Benchmarks.Experts;

/// <summary>Trains the network that forecasts beside the experts.</summary>
internal static class NetworkPretraining
{
    /// <summary>Trains on what comes before the scored rows, for mean squared errors.</summary>
    public static ModelParameters OnFirstPart(ExpertsFile file, IReadOnlyList<RawSeries> series, int[] horizons)
    {
        int rows = series[0].Values.Length, trainEnd = file.TrainEnd(rows), end = file.OnlineStart(rows);
        RawSeries[] first =
            [.. series.Select(one => one with { TimeTicks = one.TimeTicks[..end], Values = one.Values[..end] })];
        Channel[] channels = Encode(file, first, horizons, trainEnd);
        return Pretraining.Run(file.Name, channels.Select(one => one.Window), Settings(horizons), new()
        {
            HorizonSteps = [.. horizons],
            Loss = LossKind.MeanSquared,
            LearningRate = 3e-3,
            Epochs = 16,
            ValidationShare = 1 - (trainEnd / (double)end),
        });
    }

    /// <summary>Trains on whole series, for absolute errors on series that it has never seen.</summary>
    public static ModelParameters OnOthers(ExpertsFile file, IReadOnlyList<RawSeries> series, int[] horizons) =>
        Pretraining.Run(
            file.Name,
            series.Select(one => Channel.Of(one, Settings(horizons), file.StepTicks).Window
                .RelativeToAnchor(LossKind.MeanAbsolute)),
            Settings(horizons),
            new() { HorizonSteps = [.. horizons], Loss = LossKind.MeanAbsolute, Epochs = 10, StartVisits = 4 });

    /// <summary>Series as the network sees them; labels weigh as in a score of errors in units of the first rows.
    /// </summary>
    /// <param name="file">Step, and which rows those are.</param>
    /// <param name="series">The series.</param>
    /// <param name="horizons">In steps, [K].</param>
    /// <param name="trainEnd">First row past those; null: as the file's protocol says.</param>
    public static Channel[] Encode(
        ExpertsFile file, IReadOnlyList<RawSeries> series, int[] horizons, int? trainEnd = null)
    {
        Channel[] channels = [.. series.Select(one => Channel.Of(one, Settings(horizons), file.StepTicks))];
        foreach (Channel channel in channels)
        {
            channel.WeighLabels(channel.Deviation(trainEnd ?? file.TrainEnd(channel.Values.Length)));
        }

        return channels;
    }

    /// <summary>What it is fed and forecasts.</summary>
    public static ForecasterSettings Settings(int[] horizons) =>
        new() { Horizons = [.. horizons], LagSteps = 336 };
}

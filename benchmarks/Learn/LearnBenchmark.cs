using System.Globalization;
using System.Text.Json;
using Streaming.Daemon.Datasets;
using Streaming.Inference.Model;
using Streaming.Inference.Series;
using Streaming.Training.FineTuning;
using Streaming.Training.Losses;
using Streaming.Training.Preparation;

namespace Benchmarks.Learn;

/// <summary>
/// Whether fine-tuning pays: one network for all channels of a file, pretrained on its first part, forecasts the rest
/// step by step, frozen and fine-tuned daily. No expert but the network takes part.
/// </summary>
internal static class LearnBenchmark
{
    private const int LongestHorizon = 48;

    private static readonly int[] Reported = [1, 24, 48];
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static int Run(string[] args)
    {
        if (!LearnArguments.TryParse(args, "--data", "learn --data DIR [--json]", out string data, out bool isJson))
        {
            return 2;
        }

        var results = new List<LearnResult>();
        foreach (LearnFile file in LearnFile.All)
        {
            LearnResult[] ofFile = Measure(CsvFile.Read(Path.Combine(data, file.Name + ".csv"), new()), file);
            results.AddRange(ofFile);
            Array.ForEach(ofFile, result => (isJson ? Console.Error : Console.Out).WriteLine(Line(result)));
        }

        if (isJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(results, Json));
        }

        return 0;
    }

    private static LearnResult[] Measure(IReadOnlyList<RawSeries> series, LearnFile file)
    {
        var settings = new ForecasterSettings
        {
            Horizons = [.. Enumerable.Range(1, LongestHorizon)],
            QuantileLevels = [],
            LagSteps = 336,
        };
        int rows = series[0].Values.Length, trainEnd = file.TrainEnd(rows), onlineStart = file.OnlineStart(rows);
        Channel[] channels = [.. series.Select(one => Channel.Of(one, settings, file.StepTicks))];
        double[] deviations = [.. channels.Select(channel => channel.Deviation(trainEnd))];
        ModelParameters pretrained = Pretrain(series, file, settings, deviations);
        for (int c = 0; c < channels.Length; c++)
        {
            channels[c].WeighLabels(deviations[c]);
        }

        Prequential frozen = new(channels, pretrained), online = new(channels, pretrained);
        SquaredErrors frozenErrors = new(deviations, LongestHorizon), onlineErrors = new(deviations, LongestHorizon);
        var tuner = new ReplayTuner(pretrained, channels.Length, settings.Horizons);
        for (int t = 0; t + LongestHorizon < rows; t++)
        {
            frozen.Step(t);
            online.Step(t);
            if (t >= onlineStart - 1)
            {
                frozenErrors.Add(frozen, t);
                onlineErrors.Add(online, t);
                if ((t + 1 - onlineStart) % file.SeasonSteps == 0)
                {
                    online.Weights = tuner.Tune([.. channels.Select(one => (one.Window, t + 1))])!;
                }
            }
        }

        return [.. Reported.Select(h => new LearnResult(
            file.Name, h, Math.Round(frozenErrors.Mean(h), 5), Math.Round(onlineErrors.Mean(h), 5)))];
    }

    private static ModelParameters Pretrain(
        IReadOnlyList<RawSeries> series, LearnFile file, ForecasterSettings settings, double[] deviations)
    {
        int rows = series[0].Values.Length, end = file.OnlineStart(rows);
        Channel[] channels =
        [
            .. series.Select(one => Channel.Of(
                one with { TimeTicks = one.TimeTicks[..end], Values = one.Values[..end] }, settings, file.StepTicks)),
        ];
        for (int c = 0; c < channels.Length; c++)
        {
            channels[c].WeighLabels(deviations[c]);
        }

        return Pretraining.Run(file.Name, channels.Select(channel => channel.Window), settings, new()
        {
            HorizonSteps = settings.Horizons,
            Loss = LossKind.MeanSquared,
            LearningRate = 3e-3,
            Epochs = 16,
            ValidationShare = 1 - (file.TrainEnd(rows) / (double)end),
        });
    }

    private static string Line(LearnResult result) => string.Create(
        CultureInfo.InvariantCulture,
        $"{result.File} h=1..{result.Horizon}: frozen {result.Frozen:f4}, online {result.Online:f4}, "
        + $"gain {1 - (result.Online / result.Frozen):p1}");
}

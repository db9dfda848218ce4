using System.Text.Json;
using Streaming.Inference.Model;
using Streaming.Inference.Series;
using Streaming.Training.Losses;
using Streaming.Training.Preparation;
using Streaming.Training.Samples;

namespace Benchmarks.Learn;

/// <summary>
/// Whether a pretrained network helps series it has never seen: trained on one half of M4 Hourly, frozen, it forecasts
/// the other half from the first value on. No expert but the network takes part.
/// </summary>
internal static class ColdStartBenchmark
{
    private const int LongestHorizon = 48;
    private const int FirstOrigin = 48;
    private const int LastOrigin = 100;
    private const int Season = 24;
    private const double Cap = 20;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static int Run(string[] args)
    {
        if (!LearnArguments.TryParse(args, "--data", "coldstart --data DIR [--json]", out string data, out bool isJson))
        {
            return 2;
        }

        RawSeries[] all = [.. M4Hourly.Read(data)];
        var settings = new ForecasterSettings
        {
            Horizons = [.. Enumerable.Range(1, LongestHorizon)],
            QuantileLevels = [],
        };
        RawSeries[] trained = [.. all.Where((_, i) => i % 2 == 0)], others = [.. all.Where((_, i) => i % 2 == 1)];
        IEnumerable<EncodedWindow> windows =
            trained.Select(one => Encode(one, settings).Window.RelativeToAnchor(LossKind.MeanAbsolute));
        ModelParameters network = Pretraining.Run("M4 Hourly", windows, settings, new()
        {
            HorizonSteps = settings.Horizons,
            Loss = LossKind.MeanAbsolute,
            Epochs = 10,
            StartVisits = 4,
        });
        ColdStartResult result = Score(
            $"{trained.Length} series, every second from {trained[0].Id} to {trained[^1].Id}", others, network, settings);
        Console.WriteLine(isJson ? JsonSerializer.Serialize(result, Json) : result.ToString());
        return 0;
    }

    private static Channel Encode(RawSeries series, ForecasterSettings settings) =>
        Channel.Of(series, settings, TimeSpan.TicksPerHour);

    private static ColdStartResult Score(
        string trainedOn, RawSeries[] series, ModelParameters network, ForecasterSettings settings)
    {
        double[][] network48 = [.. series.Select(one => Errors(Encode(one, settings), network))];
        double[][] naive48 = [.. series.Select(NaiveErrors)];
        return new(
            trainedOn, series.Length, Mean(network48, LongestHorizon), Mean(network48, 1),
            Mean(naive48, LongestHorizon), Mean(naive48, 1));
    }

    private static double Mean(double[][] errors, int horizons) =>
        Math.Round(errors.Average(ofSeries => ofSeries.Take(horizons).Average(error => Math.Min(error, Cap))), 4);

    /// <summary>Mean absolute error at each horizon in units of the series' mean seasonal change.</summary>
    private static double[] Errors(Channel channel, ModelParameters network)
    {
        var run = new Prequential([channel], network);
        var errors = new double[LongestHorizon];
        for (int t = 0; t <= LastOrigin; t++)
        {
            run.Step(t);
            for (int k = 0; t >= FirstOrigin && k < errors.Length; k++)
            {
                errors[k] += Math.Abs(run.Error(0, t, k));
            }
        }

        double unit = Unit(channel.Values) * (LastOrigin - FirstOrigin + 1);
        return [.. errors.Select(sum => sum / unit)];
    }

    private static double[] NaiveErrors(RawSeries series)
    {
        double[] x = series.Values;
        return
        [
            .. Enumerable.Range(1, LongestHorizon).Select(h => Enumerable
                .Range(FirstOrigin, LastOrigin - FirstOrigin + 1)
                .Average(t => Math.Abs(x[t + h] - x[t + h - (Season * ((h + Season - 1) / Season))])) / Unit(x)),
        ];
    }

    /// <summary>Mean seasonal change before the last 48 values, which the M4 competition held back.</summary>
    private static double Unit(double[] values) => Enumerable
        .Range(Season, values.Length - LongestHorizon - Season).Average(t => Math.Abs(values[t] - values[t - Season]));
}

using System.Globalization;
using System.Text.Json;
using Streaming.Inference.Model;
using Streaming.Inference.Series;
using Streaming.Training.Losses;
using Streaming.Training.Preparation;

namespace Benchmarks.Learn;

/// <summary>
/// What only a non-linear forecaster can see: generated streams whose season multiplies two regimes. The network,
/// trained on other streams and frozen, beside the best linear rule of each stream, which learns as it goes.
/// </summary>
internal static class RegimesBenchmark
{
    private const int Season = 24;
    private const int Steps = 3_000;
    private const int FirstScored = 1_000;
    private const int TrainStreams = 64;
    private const int Streams = 32;
    private const int Lags = 48;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static int Run(string[] args)
    {
        bool parsed = LearnArguments.TryParse(
            args, "--seed", "regimes [--seed N] [--json]", out string text, out bool isJson, fallback: "1");
        if (!parsed || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int seed))
        {
            return 2;
        }

        var settings = new ForecasterSettings { Horizons = [1], QuantileLevels = [], LagSteps = Lags };
        ModelParameters network = Pretraining.Run(
            "regimes", Generate(seed * 1_000, TrainStreams, settings).Select(channel => channel.Window), settings,
            new() { HorizonSteps = [1], Loss = LossKind.MeanAbsolute, Epochs = 20 });
        Channel[] channels = [.. Generate((seed * 1_000) + TrainStreams, Streams, settings)];
        RegimesResult result = Score(seed, channels, network);
        Console.WriteLine(isJson ? JsonSerializer.Serialize(result, Json) : result.ToString());
        return 0;
    }

    private static IEnumerable<Channel> Generate(int seed, int count, ForecasterSettings settings) =>
        Enumerable.Range(seed, count).Select(one => Channel.Of(
            StreamGenerator.Create(StreamKind.TwoRegimes, one, Steps, TimeSpan.TicksPerHour, Season),
            settings, TimeSpan.TicksPerHour));

    private static RegimesResult Score(int seed, Channel[] channels, ModelParameters network)
    {
        double[] units = [.. channels.Select(channel => channel.Deviation(Steps))];
        double ofNetwork = 0, ofLinear = 0, ofPersistence = 0, ofNaive = 0;
        for (int c = 0; c < channels.Length; c++)
        {
            double[] x = channels[c].Values;
            var run = new Prequential([channels[c]], network);
            var linear = new LinearExpert(Lags, Season);
            double unit = units[c] * channels.Length * (Steps - 1 - FirstScored);
            for (int t = 0; t + 1 < Steps; t++)
            {
                run.Step(t);
                if (t >= FirstScored)
                {
                    ofNetwork += Math.Abs(run.Error(0, t, 0)) / unit;
                    ofLinear += Math.Abs(linear.Forecast(x, t, units[c]) - x[t + 1]) / unit;
                    ofPersistence += Math.Abs(x[t] - x[t + 1]) / unit;
                    ofNaive += Math.Abs(x[t + 1 - Season] - x[t + 1]) / unit;
                }

                if (t > 0)
                {
                    linear.Learn(x, t, units[c]);
                }
            }
        }

        return RegimesResult.Of(seed, channels.Length, ofNetwork, ofLinear, ofPersistence, ofNaive);
    }
}

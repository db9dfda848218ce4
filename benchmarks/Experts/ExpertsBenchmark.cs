using System.Text.Json;
using Benchmarks.Learn;
using Streaming.Daemon.Datasets;
using Streaming.Inference.Model;
using Streaming.Training.Preparation;

namespace Benchmarks.Experts;

/// <summary>
/// What each expert and their mixture are worth: series forecast step by step from the first value on, at all horizons
/// to 48. Nothing is fitted before; a label teaches only once its time has come.
/// </summary>
internal static class ExpertsBenchmark
{
    private const int LongestHorizon = 48;

    private static readonly int[] Horizons = [.. Enumerable.Range(1, LongestHorizon)];
    private static readonly int[] Reported = [1, 24, 48];
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public static int Run(string[] args)
    {
        if (!ExpertsArguments.TryParse(args, out ExpertsArguments? arguments))
        {
            return 2;
        }

        var results = new List<ExpertsResult>();
        foreach (ExpertsFile file in ExpertsFile.All.Where(one => arguments.Takes($"{one.Name}:{one.Protocol}")))
        {
            Report(Measure(file, arguments), results, arguments.IsJson);
        }

        if (arguments.Takes("M4"))
        {
            Report(M4Experts.Measure(arguments, Horizons), results, arguments.IsJson);
        }

        if (arguments.IsJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(results, Json));
        }

        return 0;
    }

    private static ExpertsResult Measure(ExpertsFile file, ExpertsArguments arguments)
    {
        IReadOnlyList<RawSeries> all = file.Name == "autoregressive"
            ? AutoregressiveStreams.Create()
            : CsvFile.Read(Path.Combine(arguments.Data, file.Name + ".csv"), new());
        int rows = file.Rows(all[0].Values.Length), online = file.OnlineStart(rows);
        RawSeries[] series =
            [.. all.Select(one => one with { TimeTicks = one.TimeTicks[..rows], Values = one.Values[..rows] })];
        double[] units = [.. series.Select(one => Deviation(one.Values, file.TrainEnd(rows)))];
        ModelParameters? network =
            arguments.HasNetwork ? NetworkPretraining.OnFirstPart(file, series, Horizons) : null;
        OnlineTuner? tuner = network is null || file.SeasonSteps == 0
            ? null
            : new(NetworkPretraining.Encode(file, series, Horizons), network, Horizons);
        var replay = new GroupReplay(file, series.Length, Horizons, arguments.Profile, network, arguments.Ablates);
        var errors = new ErrorSums(replay.Forecasters, LongestHorizon);
        var intervals = new IntervalScores(series.Length, Reported, file.StepTicks);
        var weights = new double[replay.Names.Length];
        for (int t = 0; t < rows; t++)
        {
            replay.Step([.. series.Select(one => one.Values[t])], series[0].TimeTicks[t]);
            Learn(replay, series, t, intervals);
            if (t >= online - 1 && t + LongestHorizon < rows)
            {
                Score(replay, series, units, t, intervals);
                Score(replay, series, units, t, errors);
                AddWeights(replay, series.Length, weights, 1.0 / (rows - LongestHorizon - online + 1));
                if (tuner is not null && (t + 1 - online) % file.SeasonSteps == 0)
                {
                    replay.Adopt(tuner.Tune(t));
                }
            }
        }

        double microseconds = replay.Clock.Elapsed.TotalMicroseconds / ((double)rows * series.Length);
        return new(
            file.Name, file.Protocol, [.. Reported.Select(h => $"h=1..{h}")],
            ExpertsTable.Rows(
                replay.Names, weights, forecaster => [.. Reported.Select(h => errors.Mean(forecaster, h))],
                arguments.Ablates),
            Math.Round(microseconds, 1), replay.BytesPerSeries, intervals.Rows());
    }

    private static void Score(GroupReplay replay, RawSeries[] series, double[] units, int t, ErrorSums errors)
    {
        for (int f = 0; f < replay.Forecasters; f++)
        {
            for (int c = 0; c < series.Length; c++)
            {
                for (int k = 0; k < LongestHorizon; k++)
                {
                    double error = (replay.Forecast(f, c, k) - series[c].Values[t + k + 1]) / units[c];
                    errors.Add(f, k, error * error);
                }
            }
        }
    }

    private static void Learn(GroupReplay replay, RawSeries[] series, int t, IntervalScores intervals)
    {
        for (int c = 0; c < series.Length; c++)
        {
            for (int k = 0; k < Reported.Length; k++)
            {
                intervals.Learn(c, k, t, series[c].Values[t], replay.Interval(c, Reported[k] - 1).Middle);
            }
        }
    }

    private static void Score(GroupReplay replay, RawSeries[] series, double[] units, int t, IntervalScores intervals)
    {
        for (int c = 0; c < series.Length; c++)
        {
            for (int k = 0; k < Reported.Length; k++)
            {
                double actual = series[c].Values[t + Reported[k]];
                intervals.Score(c, k, replay.Interval(c, Reported[k] - 1), actual, units[c]);
            }
        }
    }

    private static void AddWeights(GroupReplay replay, int series, double[] weights, double share)
    {
        for (int e = 0; e < weights.Length; e++)
        {
            for (int c = 0; c < series; c++)
            {
                weights[e] += replay.Weight(e, c) * share / series;
            }
        }
    }

    private static double Deviation(double[] values, int steps)
    {
        double mean = values.Take(steps).Average();
        return Math.Sqrt(values.Take(steps).Average(value => (value - mean) * (value - mean)));
    }

    private static void Report(ExpertsResult result, List<ExpertsResult> results, bool isJson)
    {
        results.Add(result);
        (isJson ? Console.Error : Console.Out).WriteLine(ExpertsTable.Text(result));
    }
}

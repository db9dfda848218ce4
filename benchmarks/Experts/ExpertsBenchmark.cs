using System.Diagnostics;
using System.Text.Json;
using Streaming.Daemon.Backtest;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Pretraining;
using Streaming.Inference.Series;
using Streaming.Training.Preparation;

namespace Benchmarks.Experts;

/// <summary>
/// What the mixture, its experts and the intervals are worth on the files of the table: backtests, as the command of
/// that name runs them, of all horizons to 48.
/// </summary>
internal static class ExpertsBenchmark
{
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
        foreach (ReachGoal goal in ReachGoal.All.Where(one => arguments.Takes(one.Text)))
        {
            Report(Measure(goal, arguments), results, arguments.IsJson);
        }

        if (arguments.Takes("M4"))
        {
            Report(M4Experts.Measure(arguments, [.. Enumerable.Range(1, Reported[^1])]), results, arguments.IsJson);
        }

        if (arguments.IsJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(results, Json));
        }
        else
        {
            Console.WriteLine(ExpertsTable.Reach(results));
        }

        return 0;
    }

    private static ExpertsResult Measure(ReachGoal goal, ExpertsArguments arguments)
    {
        BacktestRequest request = RequestOf(goal, arguments);
        var run = new BacktestRun(request);
        BacktestFile file =
            goal.Name == ReachGoal.Autoregressive ? Generated(arguments) : run.Read()[0];
        FileWatch? watch = null;
        long started = Stopwatch.GetTimestamp();
        FileBacktest done = run.Replay(file, (_, _) => { }, CancellationToken.None, Take);
        double microseconds = Stopwatch.GetElapsedTime(started).TotalMicroseconds
            / ((double)file.Split.End * file.Series.Count);
        string[] names = [.. done.Results[0].Experts.Keys];
        return new(
            goal.Name, goal.Protocol.ToString(), [.. Reported.Select(h => $"h=1..{h}")],
            ExpertsTable.Rows(
                names, [.. names.Select(name => done.Results[^1].Experts[name])],
                forecaster => [.. done.Results.Select((one, k) => ErrorOf(one, k, forecaster))], arguments.Ablates),
            Math.Round(microseconds, 1), goal.Errors, watch!.Intervals.Rows());

        void Take(in IssuedStep issued)
        {
            watch ??= new FileWatch(file, Reported, issued.Experts.Length, arguments.Ablates);
            watch.Take(issued);
        }

        double ErrorOf(BacktestResult one, int k, int forecaster) =>
            forecaster == 0 ? one.Mse!.Value
            : forecaster <= names.Length ? one.Baselines!.GetValueOrDefault(names[forecaster - 1])?.Mse ?? double.NaN
            : watch!.Without(forecaster - 1 - names.Length, Reported[k]);
    }

    private static BacktestRequest RequestOf(ReachGoal goal, ExpertsArguments arguments)
    {
        var errors = new List<ConfigurationError>();
        PretrainingConfiguration? configuration = PretrainingConfiguration.Load(
            null, new Dictionary<string, string?> { ["Series:Profile"] = arguments.Profile.ToString() }, null, errors);
        return new(
            [Path.Combine(arguments.Data, goal.Name + ".csv")],
            configuration ?? throw new InvalidOperationException($"{errors[0]}"),
            new()
            {
                Protocol = goal.Protocol,
                Horizons = Reported,
                Network = goal.Name == ReachGoal.Autoregressive ? NetworkChoice.None : arguments.Network,
            },
            HasBaselines: true,
            Report: null);
    }

    private static BacktestFile Generated(ExpertsArguments arguments)
    {
        RawSeries[] series = AutoregressiveStreams.Create();
        var profile = new SeriesProfile
        {
            StepTicks = TimeSpan.TicksPerHour,
            SeasonSteps = 24,
            Experts = arguments.Profile,
        };
        long[] rows = series[0].TimeTicks;
        return new(
            ReachGoal.Autoregressive, BacktestProtocol.A,
            [.. series.Select(one => new FoundSeries(one, profile, null))], IsGroup: false, rows, RowSplit.Of(BacktestProtocol.A, "", rows.Length, profile.StepTicks));
    }

    private static void Report(ExpertsResult result, List<ExpertsResult> results, bool isJson)
    {
        results.Add(result);
        (isJson ? Console.Error : Console.Out).WriteLine(ExpertsTable.Text(result));
    }
}

using System.CommandLine;
using System.Text.Json;
using Simulation.Lanes;
using Simulation.Port;
using Simulation.Schedules;
using Simulation.Toy;

namespace Simulation;

/// <summary>The command line: how many schedules from which seed, and what to print.</summary>
internal static class SimulationCommand
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
    };

    /// <returns>0 where all schedules are clean, 1 where one is not, and what System.CommandLine says.</returns>
    public static int Run(string[] args, TextWriter output)
    {
        var schedules = new Option<long>("--schedules")
        {
            Description = "How many schedules to run.",
            DefaultValueFactory = _ => 1_000,
        };
        var seed = new Option<ulong>("--seed")
        {
            Description = "Seed of the first schedule; the next ones count up.",
            DefaultValueFactory = _ => 1,
        };
        var workers = new Option<int>("--workers")
        {
            Description = "Threads; the outcome does not depend on it.",
            DefaultValueFactory = _ => Environment.ProcessorCount,
        };
        var toy = new Option<bool>("--toy") { Description = "Run the toy lane, not the daemon's." };
        var bugs = new Option<ToyBugs>("--bug") { Description = "A mistake to plant in the toy lane." };
        var portBugs = new Option<PortBugs>("--port-bug") { Description = "A mistake to plant in the port." };
        var once = new Option<bool>("--stop-at-failure") { Description = "Run no further than the first that fails." };
        var json = new Option<bool>("--json") { Description = "Print one JSON object." };
        var trace = new Option<bool>("--trace") { Description = "Print each call of one schedule." };
        var command = new RootCommand("Runs lanes on simulated brokers under seeded faults, and looks for losses.")
        {
            schedules, seed, workers, toy, bugs, portBugs, once, json, trace,
        };
        command.SetAction(parsed =>
        {
            IScenario Scenario() => parsed.GetValue(toy) || parsed.GetValue(bugs) != ToyBugs.None
                ? new ToyScenario(parsed.GetValue(bugs), parsed.GetValue(portBugs))
                : new LaneScenario(parsed.GetValue(portBugs));
            return parsed.GetValue(trace)
                ? Trace(Scenario(), parsed.GetValue(seed), output)
                : Run(
                    new SimulationRun(Scenario), parsed.GetValue(schedules), parsed.GetValue(seed),
                    parsed.GetValue(workers), parsed.GetValue(once), parsed.GetValue(json), output);
        });
        return command.Parse(args).Invoke();
    }

    private static int Run(
        SimulationRun run, long schedules, ulong seed, int workers, bool stopsAtFailure, bool isJson, TextWriter output)
    {
        run.Run(schedules, seed, workers, stopsAtFailure);
        if (isJson)
        {
            output.WriteLine(JsonSerializer.Serialize(
                new
                {
                    run.Schedules,
                    Seconds = Math.Round(run.Elapsed.TotalSeconds, 3),
                    run.Total.Lost,
                    run.Total.Duplicated,
                    run.Total.Divergent,
                    run.Total.Failed,
                    run.FirstFailingSeed,
                    Events = run.Events.ByName,
                },
                Json));
        }
        else
        {
            Print(run, output);
        }

        return run.Total.IsClean ? 0 : 1;
    }

    private static void Print(SimulationRun run, TextWriter output)
    {
        output.WriteLine($"{run.Schedules} schedules in {run.Elapsed.TotalSeconds:F1} s: {run.Total}");
        foreach ((string name, long schedules) in run.Events.ByName)
        {
            output.WriteLine($"  {name,-24} {schedules,9} {100.0 * schedules / run.Schedules,6:F1}%");
        }

        if (run.FirstFailingSeed is { } seed)
        {
            output.WriteLine($"First failing seed: {seed} ({run.FirstFailure})");
            output.WriteLine($"Again: --schedules 1 --seed {seed} --trace");
        }
    }

    private static int Trace(IScenario scenario, ulong seed, TextWriter output)
    {
        Verdict verdict = new Schedule(scenario) { Trace = output.WriteLine }.Run(seed);
        output.WriteLine($"Seed {seed}: {verdict}");
        return verdict.IsClean ? 0 : 1;
    }
}

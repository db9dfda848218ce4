using Simulation.Lanes;
using Simulation.Schedules;
using Simulation.Toy;

namespace Simulation.Tests;

public sealed class ScheduleTests
{
    private const int Schedules = 500;

    [Fact]
    public void Run_ManySeeds_AreCleanAndSeeEveryRareEvent()
    {
        var run = new SimulationRun(() => new ToyScenario());

        run.Run(Schedules, seed: 1, workers: 2);

        Assert.True(run.Total.IsClean, $"Seed {run.FirstFailingSeed}: {run.FirstFailure}");
        Assert.All(run.Events.ByName, e => Assert.True(e.Value >= Schedules / 100, $"{e.Key} in {e.Value} schedules"));
    }

    [Fact]
    public void Run_LanesOfTheDaemon_AreCleanAndSeeEveryRareEvent()
    {
        const int lanes = 300;
        var run = new SimulationRun(() => new LaneScenario());

        run.Run(lanes, seed: 1, workers: 2);

        Assert.True(run.Total.IsClean, $"Seed {run.FirstFailingSeed}: {run.FirstFailure}");
        Assert.All(run.Events.ByName, e => Assert.True(e.Value >= lanes / 100, $"{e.Key} in {e.Value} schedules"));
    }

    [Fact]
    public void Run_AnySeed_HasCommitsFaultsAndTasksEnough()
    {
        var schedule = new Schedule(new ToyScenario());
        for (ulong seed = 1; seed <= 300; seed++)
        {
            schedule.Run(seed);

            Assert.True(
                schedule.Size is { Commits: >= 20, Faults: >= 3, Partitions: >= 3 }, $"Seed {seed}: {schedule.Size}");
        }
    }

    [Fact]
    public void Run_OnReusedParts_IsAFunctionOfTheSeed()
    {
        var reused = new Schedule(new ToyScenario());
        for (ulong seed = 100; seed < 115; seed++)
        {
            Assert.Equal(TraceOf(new Schedule(new ToyScenario()), seed), TraceOf(reused, seed));
        }
    }

    [Fact]
    public void Run_AnyNumberOfWorkers_GivesTheSame()
    {
        var one = new SimulationRun(() => new ToyScenario(ToyBugs.StopAtEof));
        var two = new SimulationRun(() => new ToyScenario(ToyBugs.StopAtEof));

        one.Run(100, seed: 7, workers: 1);
        two.Run(100, seed: 7, workers: 2);

        Assert.Equal(one.Events.ByName, two.Events.ByName);
        Assert.Equal(one.FirstFailingSeed, two.FirstFailingSeed);
        Assert.Equal(one.Total.Lost, two.Total.Lost);
    }

    private static List<string> TraceOf(Schedule schedule, ulong seed)
    {
        var lines = new List<string>();
        schedule.Trace = lines.Add;
        lines.Add($"{schedule.Run(seed)}");
        return lines;
    }
}

using Simulation.Port;
using Simulation.Toy;

namespace Simulation.Tests;

/// <summary>What schedules are for: each mistake that is known is found.</summary>
public sealed class PlantedBugTests
{
    private const int Schedules = 4_000;

    /// <summary>By name, for these types are not public.</summary>
    public static TheoryData<string> Bugs => [.. Enum.GetNames<ToyBugs>().Where(name => name != nameof(ToyBugs.None))];

    public static TheoryData<string> PortBugNames =>
        [.. Enum.GetNames<PortBugs>().Where(name => name != nameof(PortBugs.None))];

    [Theory, MemberData(nameof(Bugs))]
    public void Run_MistakeOfTheLane_IsFound(string bug) =>
        AssertFound(new SimulationRun(() => new ToyScenario(Enum.Parse<ToyBugs>(bug))));

    [Theory, MemberData(nameof(PortBugNames))]
    public void Run_MistakeOfThePort_IsFound(string bug) =>
        AssertFound(new SimulationRun(() => new ToyScenario(portBugs: Enum.Parse<PortBugs>(bug))));

    private static void AssertFound(SimulationRun run)
    {
        run.Run(Schedules, seed: 1, workers: 2, stopsAtFailure: true);

        Assert.False(run.Total.IsClean);
    }
}

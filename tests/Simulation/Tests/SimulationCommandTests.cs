using System.Text.Json;

namespace Simulation.Tests;

public sealed class SimulationCommandTests
{
    [Fact]
    public void Run_Json_PrintsOneObjectWithAllCounts()
    {
        using var output = new StringWriter();

        int code = SimulationCommand.Run(["--schedules", "20", "--seed", "5", "--json"], output);

        using JsonDocument document = JsonDocument.Parse(output.ToString());
        Assert.Equal(0, code);
        Assert.Equal(
            ["schedules", "seconds", "lost", "duplicated", "divergent", "failed", "firstFailingSeed", "events"],
            document.RootElement.EnumerateObject().Select(property => property.Name));
        Assert.Equal(20, document.RootElement.GetProperty("schedules").GetInt32());
    }

    [Fact]
    public void Run_SeedThatFails_IsNamedAndReplaysByItself()
    {
        using var output = new StringWriter();
        string[] bug = ["--bug", "StopAtEof"];

        int code = SimulationCommand.Run(["--schedules", "200", "--seed", "1", "--workers", "1", .. bug], output);
        string line = output.ToString().Split('\n').Single(l => l.StartsWith("Again: ", StringComparison.Ordinal));
        using var replay = new StringWriter();
        int again = SimulationCommand.Run([.. line.Trim()["Again: ".Length..].Split(' '), .. bug], replay);

        Assert.Equal((1, 1), (code, again));
        Assert.Contains("CommitTransaction", replay.ToString(), StringComparison.Ordinal);
    }
}

using Simulation.Models;

namespace Simulation.Tests;

/// <summary>Whatever happens to those who publish: the topic holds whole versions, and its champion is one of
/// them.</summary>
public sealed class ModelsPublisherTests
{
    private const int Seeds = 300;

    [Fact]
    public void Publish_AnyFaultAtAnyCall_LeavesWholeVersionsAndAWholeChampion()
    {
        var events = new Dictionary<string, int>();
        for (ulong seed = 1; seed <= Seeds; seed++)
        {
            using var run = new PublishingRun(seed);
            try
            {
                run.Run();
            }
            catch (Exception e)
            {
                Assert.Fail($"Seed {seed}: {e}");
            }

            foreach ((string what, int times) in run.Events)
            {
                events[what] = events.GetValueOrDefault(what) + times;
            }
        }

        string[] rare = ["published", "rolled back", "ended", "killed", "overtaken", "lost", "cleaned"];
        Assert.All(rare, what => Assert.True(events.GetValueOrDefault(what) > Seeds / 2, $"{what}: too rare"));
    }
}

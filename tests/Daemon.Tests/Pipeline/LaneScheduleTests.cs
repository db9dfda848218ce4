namespace Daemon.Tests.Pipeline;

/// <summary>Random schedules of faults, rebalances, crashes and batch sizes: nothing is lost, no byte differs.</summary>
public sealed class LaneScheduleTests
{
    private const int Schedules = 40;

    [Fact]
    public void Run_AnyScheduleOfFaults_CommitsOnlyWhatIsAcknowledgedAndLosesNothing()
    {
        var events = new Dictionary<string, int>();
        for (int seed = 0; seed < Schedules; seed++)
        {
            OutputMessage[] reference = RandomStreams.Reference(seed);
            var schedule = new Schedule(seed, reference, events) { IsRough = true };

            MemoryBroker broker = schedule.Run();

            Assert.True(
                reference.Select(m => m.Whole).ToHashSet().SetEquals(broker.Output.Select(m => m.Whole)),
                $"Seed {seed}: the distinct messages are not those of an undisturbed run.");
        }

        string[] rare = ["crash", "lost messages", "lost partitions", "refused commit", "kept while others leave", "done"];
        Assert.All(rare, name => Assert.True(
            events.GetValueOrDefault(name) >= Schedules / 10, $"{name}: {events.GetValueOrDefault(name)} times only."));
    }

    [Fact]
    public void Run_CleanStopsAndRebalances_PublishesEachForecastOnceInTheOrderOfTheLog()
    {
        var events = new Dictionary<string, int>();
        for (int seed = 0; seed < Schedules; seed++)
        {
            OutputMessage[] reference = RandomStreams.Reference(seed);
            var schedule = new Schedule(seed, reference, events) { IsRough = false };

            MemoryBroker broker = schedule.Run();

            ILookup<int, string> expected = RandomStreams.ByPartition(reference.Where(m => m.Topic == "forecasts"));
            ILookup<int, string> actual = RandomStreams.ByPartition(broker.Forecasts);
            for (int p = 0; p < broker.Partitions; p++)
            {
                Assert.Equal(expected[p], actual[p]);
            }

            Assert.Equal(reference.Length, broker.Output.Count);
        }

        string[] rare = ["full queue", "slow flush", "retriable commit", "kept while others leave", "stop"];
        Assert.All(rare, name => Assert.True(
            events.GetValueOrDefault(name) >= Schedules / 10, $"{name}: {events.GetValueOrDefault(name)} times only."));
    }
}

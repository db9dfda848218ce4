using Streaming.Daemon.Configuration;

namespace Daemon.Tests.Pipeline.Repartition;

/// <summary>A record that ends the process whenever a repartitioning lane takes it.</summary>
public sealed class RepartitionPoisonTests
{
    private const int Targets = 3, Seed = 6, Place = 70;

    [Theory]
    [InlineData(7)]
    [InlineData(2_048)]
    public void Run_RecordThatKills_IsNamedAfterThreeDeathsAndSkippedOnRequest(int gatherRecords)
    {
        MemoryBroker broker = RandomStreams.Create(Seed), whole = RandomStreams.Create(Seed);
        using var undisturbed = new RepartitionPod(whole, RepartitionPod.Options(), Targets);
        undisturbed.RunToEnd();
        long poison = broker.Logs[0][Place].Offset;
        ForecasterOptions options = RepartitionPod.Options(gatherRecords);
        int deaths = 0;
        IReadOnlyCollection<int> paused;
        while (!Lives(broker, options, poison, out paused))
        {
            deaths++;
        }

        Assert.Equal(3, deaths);
        Assert.Equal([0], paused);
        using var skipping = new RepartitionPod(
            broker, options with { Input = options.Input with { Skip = [$"events-0@{poison}"] } }, Targets);
        skipping.RunToEnd();

        OutputMessage letter = Assert.Single(broker.DeadLetters, m => m.Header("forecaster_reason") == "skipped");
        Assert.Equal(new(0, poison), letter.Origin);
        Assert.True(whole.Output.Where(m => m.Origin != letter.Origin).Select(m => m.Whole).ToHashSet()
            .SetEquals(broker.Output.Where(m => m.Origin != letter.Origin).Select(m => m.Whole)));
    }

    private static bool Lives(
        MemoryBroker broker, ForecasterOptions options, long poison, out IReadOnlyCollection<int> paused)
    {
        using var pod = new RepartitionPod(broker, options, Targets);
        paused = [];
        IReadOnlyCollection<int> last = [];
        pod.Port.Committing = next =>
        {
            if (next.Any(place => place.Partition == 0 && place.Attempt?.At > poison))
            {
                throw new TimeoutException(); // it has been read, which can't be
            }
        };
        try
        {
            pod.RunToEnd(_ => last = [.. pod.Port.Paused]);
            paused = last;
            return true;
        }
        catch (TimeoutException)
        {
            pod.Port.Crash(arriving: 2);
            return false;
        }
    }
}

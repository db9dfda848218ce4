using Streaming.Daemon.Configuration;

namespace Daemon.Tests.Pipeline;

/// <summary>What a task takes and what it refuses, seen through its lane.</summary>
public sealed class PartitionTaskTests
{
    private static readonly long Now = MemoryBroker.Ms(Pod.Start);

    [Fact]
    public void Take_TimesAhead_AreRefusedUntilThreeSeriesConfirmThemAndMakeNoSeries()
    {
        var broker = new MemoryBroker(1);
        AddAhead(broker, "e-new", hours: 500); // a series of it would leave no room for the third
        foreach (string series in new[] { "e1", "e2", "e3" })
        {
            broker.AddEvent(0, series, Pod.Start, 1);
        }

        AddAhead(broker, "e1", hours: 5);
        AddAhead(broker, "e1", hours: 5);
        AddAhead(broker, "e2", hours: 5); // the third witness: all three lead by 5 hours or more
        AddAhead(broker, "e-new", hours: 500);
        AddAhead(broker, "e3", hours: 5.5);
        ForecasterOptions options = Pod.SmallOptions();
        options = options with { Pipeline = options.Pipeline with { MaxSeriesPerPartition = 3 } };
        using var pod = new Pod(broker, options);

        pod.RunToEnd();

        Assert.Equal([1, 2, 3, 6, 8], broker.Forecasts.Select(m => m.Origin.Offset));
        Assert.Equal(
            [(0L, "future"), (4L, "future"), (5L, "future"), (7L, "future")],
            broker.DeadLetters.Select(m => (m.Origin.Offset, m.Header("forecaster_reason")!)));
    }

    [Fact]
    public void Take_ManyLateRecords_AreAllCountedAndSentAsASample()
    {
        const int Late = 350;
        var broker = new MemoryBroker(1);
        broker.AddEvent(0, "e", Pod.Start.AddHours(1), 1);
        for (int i = 0; i < Late; i++)
        {
            broker.AddEvent(0, "e", Pod.Start.AddSeconds(i), 2);
        }

        using var pod = new Pod(broker, Pod.SmallOptions(gatherRecords: 64));

        pod.RunToEnd();

        Assert.Equal(
            [.. Enumerable.Range(1, 100).Select(i => (long)i), 200, 300],
            broker.DeadLetters.Select(m => m.Origin.Offset));
        Assert.Equal(Late, pod.Metrics.LateRecords.Value);
        Assert.Equal(Late, pod.Metrics.RecordsRejected.WithLabels("late").Value);
    }

    private static void AddAhead(MemoryBroker broker, string series, double hours)
    {
        broker.AddEvent(0, series, Pod.Start.AddHours(hours), 1);
        broker.Logs[0][^1] = broker.Logs[0][^1] with { TimestampMs = Now };
    }
}

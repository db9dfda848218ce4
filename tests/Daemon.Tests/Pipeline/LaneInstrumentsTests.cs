using Prometheus;

namespace Daemon.Tests.Pipeline;

public sealed class LaneInstrumentsTests
{
    [Fact]
    public async Task Run_CleanRun_CountsWhatHappened()
    {
        MemoryBroker broker = RandomStreams.Create(seed: 6);
        using var pod = new Pod(broker, Pod.SmallOptions(gatherRecords: 40));

        pod.RunToEnd();

        Assert.Equal(broker.Logs.Sum(log => log.Count), pod.Metrics.RecordsConsumed.WithLabels("events", "json").Value);
        Assert.Equal(broker.Forecasts.Count(), pod.Metrics.ForecastsPublished.Value);
        Assert.Equal(broker.DeadLetters.Count(), Sum(pod.Metrics.RecordsRejected));
        Assert.Equal(broker.DeadLetters.Count(m => m.Header("forecaster_reason") == "late"),
            pod.Metrics.LateRecords.Value);
        Assert.Equal(0, pod.Metrics.Commits.WithLabels("failed").Value);
        Assert.Equal(1, pod.Metrics.Rebalances.WithLabels("assigned").Value);
        Assert.Equal(1, pod.Metrics.Rebalances.WithLabels("revoked").Value);
        string[] lines = await Serving.Scrape.LinesAsync(pod.Metrics.Registry);
        Assert.Contains("forecaster_model_info{version=\"lstm@1\"} 1", lines);
        Assert.Contains("forecaster_series_active 9", lines);
        Assert.DoesNotContain(lines, line => line.StartsWith("forecaster_consumer_lag", StringComparison.Ordinal)
            && line.Contains("partition=", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public void Run_MixedFormats_CountsEach(int gatherRecords)
    {
        var broker = new MemoryBroker(1);
        for (int i = 0; i < 20; i++)
        {
            broker.AddEvent(0, "e", Pod.Start.AddSeconds(i), i);
            broker.Add(0, null, i % 3 == 0 ? "e f=1,g=2" : "rubbish", MemoryBroker.Ms(Pod.Start));
        }

        using var pod = new Pod(broker, Pod.SmallOptions(gatherRecords));
        pod.RunToEnd();

        Assert.Equal(33, pod.Metrics.RecordsConsumed.WithLabels("events", "json").Value);
        Assert.Equal(7, pod.Metrics.RecordsConsumed.WithLabels("events", "influx").Value);
        Assert.Equal(20 + (7 * 2), broker.Forecasts.Count());
        Assert.Equal(13, pod.Metrics.RecordsRejected.WithLabels("not-json").Value);
    }

    [Fact]
    public void Run_BatchWithABadLine_TakesTheOthersAndKeepsTheRecord()
    {
        var broker = new MemoryBroker(1);
        broker.Add(0, null, "e f=1\ne f=x\ne g=2", MemoryBroker.Ms(Pod.Start));

        using var pod = new Pod(broker, Pod.SmallOptions());
        pod.RunToEnd();

        Assert.Equal(2, broker.Forecasts.Count());
        Assert.Equal("bad-value", Assert.Single(broker.DeadLetters).Header("forecaster_reason"));
    }

    [Fact]
    public async Task Run_MidStream_TellsLagAndWhatIsLeftToRestore()
    {
        MemoryBroker broker = RandomStreams.Create(seed: 6, partitions: 1);
        broker.Committed[0] = broker.Logs[0][100].Offset;
        using var pod = new Pod(broker, Pod.SmallOptions(gatherRecords: 20));
        Task<string[]>? scrape = null;

        pod.RunToEnd(poll =>
        {
            if (poll == 4) // three batches are done
            {
                scrape = Serving.Scrape.LinesAsync(pod.Metrics.Registry);
            }
        });

        string[] lines = await scrape!;
        long next = broker.Logs[0][59].Offset + 1, live = broker.Logs[0][100].Offset;
        Assert.Contains(
            $"forecaster_restore_remaining_records{{topic=\"events\",partition=\"0\"}} {live - next}", lines);
        Assert.Contains($"forecaster_consumer_lag_records{{topic=\"events\",partition=\"0\"}} {broker.End(0) - live}", lines);
    }

    private static double Sum(Counter counter) =>
        counter.GetAllLabelValues().Sum(labels => counter.WithLabels(labels).Value);
}

using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;
using Streaming.Daemon.Serving;

namespace Daemon.Tests.Pipeline;

public sealed class LaneTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(2_048)]
    public void Run_AnyBatchSizeAndDivisionOfPolls_PublishesTheSameBytesInTheOrderOfTheLog(int gatherRecords)
    {
        OutputMessage[] reference = RandomStreams.Reference(seed: 3);
        ILookup<int, string> expected = RandomStreams.ByPartition(reference.Where(m => m.Topic == "forecasts"));
        for (int seed = 0; seed < 5; seed++)
        {
            var random = new Random(seed);
            MemoryBroker broker = RandomStreams.Create(seed: 3);
            using var pod = new Pod(broker, Pod.SmallOptions(gatherRecords));

            pod.RunToEnd(_ => pod.Port.PollLimit = random.Next(1, 60));

            ILookup<int, string> actual = RandomStreams.ByPartition(broker.Forecasts);
            for (int p = 0; p < broker.Partitions; p++)
            {
                long[] offsets = [.. broker.Forecasts.Where(m => m.Partition == p).Select(m => m.Origin.Offset)];
                Assert.Equal(expected[p], actual[p]);
                Assert.Equal(offsets.Order(), offsets);
            }

            Assert.Equal(reference.Length, broker.Output.Count);
        }
    }

    [Fact]
    public void Run_ManySteps_AreSteppedBeforeTheBatchEnds()
    {
        // One record closes a step of each of 3,000 series, and each such minute comes again within one batch.
        ForecasterOptions options = Pod.SmallOptions(gatherRecords: 40_000);
        MemoryBroker whole = Minutes(), cut = Minutes();
        using var one = new Pod(whole, options);
        using var many = new Pod(cut, options);

        one.RunToEnd();
        many.RunToEnd(_ => many.Port.PollLimit = 1_000);

        Assert.Equal(3_000 * 3, whole.Output.Count);
        Assert.Equal(cut.Output.Select(m => m.Whole), whole.Output.Select(m => m.Whole));

        static MemoryBroker Minutes()
        {
            var broker = new MemoryBroker(1);
            for (int i = 0; i < 3_000 * 4; i++)
            {
                broker.AddEvent(0, $"g{i % 3_000}", Pod.Start.AddMinutes(i / 3_000), i % 97);
            }

            return broker;
        }
    }

    [Fact]
    public void Run_AgainFromACommittedOffset_PublishesOnlyFromThereAndTheSameBytes()
    {
        OutputMessage[] reference = RandomStreams.Reference(seed: 5);
        MemoryBroker broker = RandomStreams.Create(seed: 5);
        int halfway = 0;
        using (var first = new Pod(broker, Pod.SmallOptions()))
        {
            first.Port.PollLimit = 100;
            first.Run(poll =>
            {
                if (poll == 0)
                {
                    first.Port.Assign(0, 1, 2);
                }
                else if (poll == 2)
                {
                    first.Stop();
                }
            });
            halfway = broker.Output.Count;
        }

        var committed = new Dictionary<int, long>(broker.Committed);
        using var second = new Pod(broker, Pod.SmallOptions());
        second.RunToEnd();

        Assert.InRange(halfway, 10, reference.Length - 10);
        Assert.All(broker.Output.Skip(halfway), m => Assert.True(m.Origin.Offset >= committed[m.Origin.Partition]));
        Assert.All(broker.Output.Take(halfway), m => Assert.True(m.Origin.Offset < committed[m.Origin.Partition]));
        Assert.Equal(reference.Select(m => m.Whole).Order(), broker.Output.Select(m => m.Whole).Order());
    }

    [Fact]
    public void Run_BadRecordsBeforeTheCommittedOffset_AreNotDeadLetteredAgain()
    {
        var broker = new MemoryBroker(1);
        broker.Add(0, "a", "rubbish", 1_000);
        broker.AddEvent(0, "e", Pod.Start, 1);
        using (var first = new Pod(broker, Pod.SmallOptions()))
        {
            first.RunToEnd();
        }

        broker.Add(0, "a", "more rubbish", 1_000);
        using var second = new Pod(broker, Pod.SmallOptions());
        second.RunToEnd();

        Assert.Equal(["rubbish", "more rubbish"], broker.DeadLetters.Select(m => m.Text));
        Assert.Equal(1, second.Metrics.RecordsRejected.WithLabels("not-json").Value);
    }

    [Theory]
    [InlineData("earliest", 100)]
    [InlineData("latest", 40)]
    public void Run_CommittedButNotStored_ReadsHistoryAsANewDeploymentDoes(string start, int records)
    {
        var broker = new MemoryBroker(1);
        for (int i = 0; i < 100; i++)
        {
            broker.AddEvent(0, "e", Pod.Start.AddSeconds(i), i % 7);
        }

        broker.Committed[0] = 60;
        ForecasterOptions options = Pod.SmallOptions();
        options = options with { Input = options.Input with { Start = start } };
        using var pod = new Pod(broker, options);

        pod.RunToEnd();

        Assert.Equal(records, pod.Metrics.RecordsConsumed.WithLabels("events", "json").Value);
        Assert.Equal(Enumerable.Range(60, 40).Select(o => (long)o), broker.Forecasts.Select(m => m.Origin.Offset));
    }

    [Fact]
    public void Run_OutputQueueFull_WaitsAndLosesNothing()
    {
        OutputMessage[] reference = RandomStreams.Reference(seed: 8);
        MemoryBroker broker = RandomStreams.Create(seed: 8);
        using var pod = new Pod(broker, Pod.SmallOptions());
        pod.Port.QueueLimit = 1;

        pod.RunToEnd();

        Assert.Equal(
            RandomStreams.ByPartition(reference).Select(g => g.Count()),
            RandomStreams.ByPartition(broker.Output).Select(g => g.Count()));
    }

    [Fact]
    public void Run_QueueFullForGood_EndsOnlyWhenAbandonedAndCommitsNothing()
    {
        MemoryBroker broker = RandomStreams.Create(seed: 8);
        using var pod = new Pod(broker, Pod.SmallOptions());
        int refusals = 0;
        pod.Port.Fault = call =>
        {
            if (call == PortCall.Produce && ++refusals == 1_000)
            {
                pod.Abandon();
            }

            return call == PortCall.Produce ? PortFault.Slow : PortFault.None;
        };

        Assert.Throws<OperationCanceledException>(() => pod.RunToEnd(poll =>
        {
            if (poll > 0)
            {
                pod.Stop(); // a stop alone does not end the waiting
            }
        }));

        Assert.True(refusals >= 1_000);
        Assert.Empty(broker.Output);
        Assert.All(broker.Committed, place => Assert.Equal(broker.LowMarks[place.Key], place.Value));
    }

    [Fact]
    public void Run_FlushNeverDone_CommitsNothingAndGoesOn()
    {
        MemoryBroker broker = RandomStreams.Create(seed: 9);
        using var pod = new Pod(broker, Pod.SmallOptions(gatherRecords: 7));
        int commits = 0;
        pod.Port.Fault = call => call == PortCall.Flush ? PortFault.Slow : PortFault.None;
        pod.Port.Committing = _ => commits++;

        pod.RunToEnd();

        Assert.Equal(0, commits);
        Assert.True(pod.Port.IsClosed);
        Assert.True(pod.Metrics.Commits.WithLabels("failed").Value > 3);
        Assert.Equal(0, pod.Metrics.ForecastsPublished.Value);
    }

    [Fact]
    public void Run_NewVersion_IsAdoptedAtACommitAndInTheMiddleOfNothing()
    {
        MemoryBroker broker = RandomStreams.Create(seed: 4);
        using var pod = new Pod(broker, Pod.SmallOptions(gatherRecords: 40));
        Dictionary<int, long> adopted = [];
        int produced = 0;
        pod.Port.Fault = call =>
        {
            if (call == PortCall.Produce && ++produced == 25)
            {
                pod.Versions.Newest = Pod.Version(2, pod.Shape); // while a batch is being published
            }

            return PortFault.None;
        };
        pod.Port.Committing = next =>
        {
            if (pod.Versions.Newest.Id == 2 && adopted.Count == 0)
            {
                adopted = next.ToDictionary(place => place.Partition, place => place.Offset);
            }
        };

        pod.RunToEnd();

        Assert.Equal(3, adopted.Count);
        Assert.All(broker.Forecasts, m =>
            Assert.Equal(m.Origin.Offset < adopted[m.Partition] ? "lstm@1" : "lstm@2", m.Model));
        Assert.Contains(broker.Forecasts, m => m.Model == "lstm@2");
        OutputMessage[] reference = RandomStreams.Reference(seed: 4);
        Assert.NotEqual(
            reference.Where(m => m.Topic == "forecasts").Select(WithoutModel).Order(),
            broker.Forecasts.Select(WithoutModel).Order());

        static string WithoutModel(OutputMessage m) => m.Text.Replace("lstm@2", "lstm@1", StringComparison.Ordinal);
    }

    [Fact]
    public void Run_CommitFails_AdoptsNothing()
    {
        MemoryBroker broker = RandomStreams.Create(seed: 4);
        using var pod = new Pod(broker, Pod.SmallOptions(gatherRecords: 40));
        pod.Port.Fault = call => call == PortCall.Commit ? PortFault.Retriable : PortFault.None;
        pod.RunToEnd(poll =>
        {
            if (poll == 2)
            {
                pod.Versions.Newest = Pod.Version(2, pod.Shape);
            }
        });

        Assert.All(broker.Forecasts, m => Assert.Equal("lstm@1", m.Model));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Run_SeriesPastTheBound_AreDeadLetteredAndTheOthersServed(bool isByBytes)
    {
        var broker = new MemoryBroker(1);
        foreach (string series in new[] { "e1", "e2", "e3", "e1", "e3", "e2" })
        {
            broker.AddEvent(0, series, Pod.Start.AddSeconds(broker.End(0)), 1);
        }

        ForecasterOptions options = Pod.SmallOptions();
        long each = StateBound.BytesPerSeries(options);
        PipelineOptions full = isByBytes
            ? options.Pipeline with { MaxStateBytes = (6 * each) - 1, MaxPartitions = 2 }
            : options.Pipeline with { MaxSeriesPerPartition = 2 };
        var log = new ListLogger();
        using var pod = new Pod(broker, options with { Pipeline = full }, logger: log);

        pod.RunToEnd();

        Assert.Equal([0, 1, 3, 5], broker.Forecasts.Select(m => m.Origin.Offset));
        Assert.Equal([2, 4], broker.DeadLetters.Select(m => m.Origin.Offset));
        Assert.All(broker.DeadLetters, m => Assert.Equal("series-limit", m.Header("forecaster_reason")));
        Assert.Equal(2, pod.Metrics.RecordsRejected.WithLabels("series-limit").Value);
        string limit = isByBytes ? $"Pipeline:MaxStateBytes ({(3 * each) - 1} of them" : "Pipeline:MaxSeriesPerPartition";
        string line = Assert.Single(log.Lines, line => line.Contains("is full", StringComparison.Ordinal));
        Assert.StartsWith($"Partition 0 is full: it has 2 series, which is what {limit}", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_LateAndFutureRecords_AreDeadLetteredWithTheirReason()
    {
        var broker = new MemoryBroker(1);
        broker.AddEvent(0, "g", Pod.Start.AddMinutes(5), 1);
        broker.AddEvent(0, "g", Pod.Start.AddMinutes(2), 2);
        broker.AddEvent(0, "e", Pod.Start.AddMinutes(5), 3);
        broker.AddEvent(0, "e", Pod.Start.AddMinutes(4), 4);
        broker.AddEvent(0, "g", Pod.Start.AddHours(3), 5);
        broker.Logs[0][^1] = broker.Logs[0][^1] with { TimestampMs = MemoryBroker.Ms(Pod.Start) };
        broker.AddEvent(0, "g", Pod.Start.AddMinutes(6), 6);
        using var pod = new Pod(broker, Pod.SmallOptions());

        pod.RunToEnd();

        Assert.Equal(
            [(1L, "late"), (3L, "late"), (4L, "future")],
            broker.DeadLetters.Select(m => (m.Origin.Offset, m.Header("forecaster_reason")!)));
        Assert.Equal([2L, 5L], broker.Forecasts.Select(m => m.Origin.Offset));
        Assert.Equal(2, pod.Metrics.LateRecords.Value);
    }

    [Fact]
    public void Run_PartitionsLost_CommitsNothingOfThem()
    {
        MemoryBroker broker = RandomStreams.Create(seed: 12);
        using var pod = new Pod(broker, Pod.SmallOptions());
        List<PartitionOffset> commits = [];
        pod.Port.Committing = commits.AddRange;

        pod.Run(poll =>
        {
            switch (poll)
            {
                case 0:
                    pod.Port.Assign(0, 1);
                    break;
                case 2:
                    pod.Port.Lose(0);
                    break;
                case 3:
                    pod.Stop();
                    break;
            }
        });

        Assert.All(commits, place => Assert.True(place.Partition == 1 || place.Offset == broker.LowMarks[0]));
        Assert.Contains(commits, place => place.Offset == broker.End(1));
        Assert.Equal(1, pod.Metrics.Rebalances.WithLabels("lost").Value);
    }

    [Fact]
    public void Run_Trouble_ShowsInReadinessUntilItIsOver()
    {
        MemoryBroker broker = RandomStreams.Create(seed: 12);
        using var pod = new Pod(broker, Pod.SmallOptions());
        List<bool> ready = [];

        pod.RunToEnd(poll =>
        {
            ready.Add(pod.Health.Ready().Ok);
            pod.Port.Trouble = poll == 0 ? "no broker answers" : null;
        });

        Assert.False(ready[1]);
        Assert.True(ready[2]);
    }

    [Fact]
    public void Run_Replay_ShowsAsRestoringUntilTheCommittedOffset()
    {
        MemoryBroker broker = RandomStreams.Create(seed: 12, partitions: 1);
        broker.Committed[0] = broker.Logs[0][60].Offset;
        using var pod = new Pod(broker, Pod.SmallOptions(gatherRecords: 30));
        List<LanePhase> phases = [];

        pod.RunToEnd(_ => phases.Add(pod.Health.Ready().Lanes[0].State));

        // Polls 0 (assign), 1 (30 records), 2 (30 more, taken after the state is told), 3.
        Assert.Equal(
            [LanePhase.Joining, LanePhase.Restoring, LanePhase.Restoring, LanePhase.Restoring, LanePhase.Running],
            phases.Take(5));
    }
}

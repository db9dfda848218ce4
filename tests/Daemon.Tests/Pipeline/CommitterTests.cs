using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;
using Streaming.Daemon.State;

namespace Daemon.Tests.Pipeline;

public sealed class CommitterTests
{
    [Fact]
    public void Commit_LossesAgainAndAgain_EndsTheLaneWithTheReason()
    {
        MemoryBroker broker = RandomStreams.Create(seed: 1);
        using var pod = new Pod(broker, Pod.SmallOptions());
        int losses = 0;
        pod.Port.Fault = call => call == PortCall.Flush && pod.Port.InFlight > 0 && ++losses > 0
            ? PortFault.Lost
            : PortFault.None;

        InvalidOperationException ended = Assert.Throws<InvalidOperationException>(() => pod.RunToEnd());

        Assert.Equal(3, losses);
        Assert.Contains("lost 3 times", ended.Message, StringComparison.Ordinal);
        Assert.Contains("1 messages were not delivered", ended.Message, StringComparison.Ordinal);
        Assert.IsType<KafkaPortException>(ended.InnerException);
        Assert.Equal(3, pod.Metrics.Commits.WithLabels("failed").Value);
    }

    [Fact]
    public void Commit_LossesAfterSlowReplays_EndTheLaneToo()
    {
        // Commits fall due while the task replays, and other partitions go on: neither makes the loss good.
        MemoryBroker broker = RandomStreams.Create(seed: 1);
        broker.Committed[0] = broker.Logs[0][^1].Offset;
        using var pod = new Pod(broker, Pod.SmallOptions(gatherRecords: 7));
        int losses = 0;
        pod.Port.Fault = call => call == PortCall.Flush && pod.Port.InFlight > 0 && IsLastOf0() && ++losses > 0
            ? PortFault.Lost
            : PortFault.None;

        Assert.Throws<InvalidOperationException>(() => pod.RunToEnd());

        Assert.Equal(3, losses);

        bool IsLastOf0() => pod.Port.Position(0) == broker.End(0);
    }

    [Fact]
    public void Commit_TwoLossesThenNone_GoesOn()
    {
        OutputMessage[] reference = RandomStreams.Reference(seed: 1);
        MemoryBroker broker = RandomStreams.Create(seed: 1);
        using var pod = new Pod(broker, Pod.SmallOptions(gatherRecords: 30));
        int losses = 0, turns = 0;
        pod.Port.Fault = call => call == PortCall.Flush && pod.Port.InFlight > 0 && ++turns % 4 != 0 && turns < 12
            && turns % 4 != 3 && ++losses > 0
            ? PortFault.Lost
            : PortFault.None;

        pod.RunToEnd();

        Assert.True(losses > 2);
        Assert.True(reference.Select(m => m.Whole).ToHashSet().SetEquals(broker.Output.Select(m => m.Whole)));
    }

    [Fact]
    public void Commit_StoringTakesLong_StoresForAQuarterOfATransactionAndTheRestNextTime()
    {
        var broker = new MemoryBroker(1);
        for (int step = 0; step < 4; step++)
        {
            for (int number = 0; number < 30; number++)
            {
                broker.AddEvent(0, $"g{number}", Pod.Start.AddMinutes(step), number);
            }
        }

        using var pod = new Pod(broker, Pod.SmallOptions() with
        {
            Kafka = new() { TransactionTimeout = TimeSpan.FromSeconds(20) },
            State = new() { Delivery = DeliveryMode.AtLeastOnce, CheckpointInterval = TimeSpan.Zero },
        });
        var stored = new List<int>();
        int before = 0;
        pod.Port.Producing = value => pod.Clock.Advance(TimeSpan.FromSeconds(value.StartsWith('{') ? 0 : 1));
        pod.Port.Committing = _ =>
        {
            stored.Add(broker.StatesOf(0).Count - before - 1); // its marker
            before = broker.StatesOf(0).Count;
        };

        pod.RunToEnd();

        Assert.Equal(5, stored.Max()); // a second each
        Assert.True(stored.Count(count => count == 5) > 1, "The rest was not stored.");
    }

    [Fact]
    public void Commit_StoringTakesLong_EveryPartitionHasItsTurn()
    {
        const int Partitions = 3, Series = 30;
        var broker = new MemoryBroker(Partitions);
        for (int step = 0; step < 4; step++)
        {
            for (int number = 0; number < Partitions * Series; number++)
            {
                broker.AddEvent(number % Partitions, $"g{number}", Pod.Start.AddMinutes(step), number);
            }
        }

        using var pod = new Pod(broker, Pod.SmallOptions() with
        {
            Kafka = new() { TransactionTimeout = TimeSpan.FromSeconds(28) },
            State = new() { Delivery = DeliveryMode.AtLeastOnce, CheckpointInterval = TimeSpan.Zero },
        });
        var stored = new List<int[]>(); // by partition, at commits
        pod.Port.Producing = value => pod.Clock.Advance(TimeSpan.FromSeconds(value.StartsWith('{') ? 0 : 1));
        pod.Port.Committing = _ =>
            stored.Add([.. Enumerable.Range(0, Partitions).Select(p => broker.StatesOf(p).Count(IsSeries))]);

        pod.RunToEnd();

        int[][] full = [.. stored.TakeWhile(counts => counts.Sum() < Partitions * Series)];
        Assert.True(full.Length > 3, "All was stored at once.");
        Assert.All(full, counts => Assert.InRange(counts.Max() - counts.Min(), 0, 2));

        static bool IsSeries(OutputMessage message) => message.Key is [(byte)StateKind.Unit, ..];
    }

    [Fact]
    public void Commit_BrokersDoNotKeepUpWithWhatIsStored_StoresLessAndCommits()
    {
        var broker = new MemoryBroker(1);
        for (int number = 0; number < 60; number++)
        {
            broker.AddEvent(0, $"g{number % 30}", Pod.Start.AddMinutes(number / 30), number);
        }

        using var pod = new Pod(broker, Pod.SmallOptions() with
        {
            State = new() { Delivery = DeliveryMode.AtLeastOnce, CheckpointInterval = TimeSpan.Zero },
        });
        int slow = 0;
        pod.Port.Fault = call => call == PortCall.Flush && pod.Port.InFlight > 8 && ++slow > 0
            ? PortFault.Slow
            : PortFault.None;

        pod.RunToEnd(poll => Assert.InRange(poll, 0, 100));

        Assert.InRange(slow, 2, 20);
        Assert.Equal(60, broker.Committed[0]);
        Assert.Equal(31, broker.StatesOf(0).Select(message => Convert.ToHexString(message.Key!)).Distinct().Count());
    }

    [Fact]
    public void CommitLast_LossOfAPartitionThatStays_IsMadeGood()
    {
        OutputMessage[] reference = RandomStreams.Reference(seed: 2);
        MemoryBroker broker = RandomStreams.Create(seed: 2);
        using var pod = new Pod(broker, Pod.SmallOptions());
        pod.Port.Committing = new CommitGuard(broker, reference).Check;
        bool lost = false;

        pod.Run(poll =>
        {
            switch (poll)
            {
                case 0:
                    pod.Port.Assign(0, 1, 2);
                    break;
                case 2:
                    pod.Port.Revoke(2);
                    pod.Port.Fault = call =>
                    {
                        bool now = call == PortCall.Flush && !lost;
                        lost |= now;
                        return now ? PortFault.Lost : PortFault.None;
                    };
                    break;
                case 3:
                    pod.Port.Assign(2);
                    break;
                case > 6 when pod.Port.IsAtEnd:
                    pod.Stop();
                    break;
            }
        });

        Assert.True(lost);
        Assert.True(reference.Select(m => m.Whole).ToHashSet().SetEquals(broker.Output.Select(m => m.Whole)));
    }

    [Fact]
    public void Commit_PartitionWithoutOffset_CommitsWhereItStarts()
    {
        // Else the next owner would start at the end as it is then, past what came in between.
        MemoryBroker broker = RandomStreams.Create(seed: 2, partitions: 1);
        long end = broker.End(0);
        using (var first = new Pod(broker, FromTheEnd()))
        {
            first.RunToEnd();
        }

        Assert.Equal(end, broker.Committed[0]);
        broker.AddEvent(0, "e0", Pod.Start.AddDays(1), 7);
        using var second = new Pod(broker, FromTheEnd());
        second.RunToEnd();

        Assert.Equal(end, Assert.Single(broker.Forecasts, m => m.Key is [(byte)'e', ..]).Origin.Offset);
    }

    [Fact]
    public void Commit_LossBeforeTheFirstCommit_GoesBackToWhereItWentLive()
    {
        MemoryBroker broker = RandomStreams.Create(seed: 2, partitions: 1);
        long end = broker.End(0);
        using var pod = new Pod(broker, FromTheEnd());
        int flushes = 0;
        pod.Port.Fault = call => call == PortCall.Flush && pod.Port.InFlight > 0 && ++flushes == 1
            ? PortFault.Lost
            : PortFault.None;

        pod.Run(poll =>
        {
            switch (poll)
            {
                case 0:
                    pod.Port.Assign(0);
                    break;
                case 1:
                    broker.AddEvent(0, "e0", Pod.Start.AddDays(1), 7);
                    break;
                case 2:
                    pod.DueCommit();
                    break;
                case > 4 when pod.Port.IsAtEnd:
                    pod.Stop();
                    break;
            }
        });

        Assert.Contains(broker.Forecasts, m => m.Origin.Offset == end && m.Key is [(byte)'e', ..]);
    }

    private static ForecasterOptions FromTheEnd()
    {
        ForecasterOptions options = Pod.SmallOptions();
        return options with { Input = options.Input with { Start = "latest" } };
    }
}

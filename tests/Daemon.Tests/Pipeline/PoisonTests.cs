using System.Globalization;
using System.Text;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;
using Streaming.Daemon.Pipeline;

namespace Daemon.Tests.Pipeline;

/// <summary>A record that ends the process whenever it is taken.</summary>
public sealed class PoisonTests
{
    private static readonly int[] GatherSizes = [1, 7, 40, 2_048];

    [Fact]
    public void Run_RecordThatKills_IsNamedAfterThreeDeathsAndTheOtherPartitionsFlow()
    {
        for (int seed = 0; seed < 30; seed++)
        {
            var random = new Random(seed);
            OutputMessage[] reference = RandomStreams.Reference(seed);
            PartitionOffset poison = AnyForecast(reference, random).Origin;
            MemoryBroker broker = RandomStreams.Create(seed);

            int deaths = 0;
            using Pod last = UntilItLives(broker, random, poison, ref deaths);

            Assert.Equal(3, deaths);
            Assert.Equal([poison.Partition], last.StoppedPartitions);
            string reason = Assert.Single(last.LastReady.Reasons);
            Assert.Contains(
                $"partition {poison.Partition} is stopped at offset {poison.Offset}", reason, StringComparison.Ordinal);
            Assert.Contains($"'events-{poison.Partition}@{poison.Offset}'", reason, StringComparison.Ordinal);
            Assert.True(
                Texts(reference.Where(m => m.Origin.Partition != poison.Partition || m.Origin.Offset < poison.Offset))
                    .SetEquals(Texts(broker.Output)),
                $"Seed {seed}: not all forecasts but the poison's and those after it are there.");
            Assert.InRange(
                broker.Logs[poison.Partition].FindIndex(r => r.Offset >= broker.Committed[poison.Partition]), 0,
                broker.Logs[poison.Partition].FindIndex(r => r.Offset == poison.Offset));
        }
    }

    [Fact]
    public void Run_Skip_PassesOverTheRecordAlsoWhenItIsReadAgainWithoutTheOption()
    {
        for (int seed = 0; seed < 10; seed++)
        {
            var random = new Random(seed);
            PartitionOffset poison = AnyForecast(RandomStreams.Reference(seed), random).Origin;
            MemoryBroker broker = RandomStreams.Create(seed), undisturbed = RandomStreams.Create(seed);
            ForecasterOptions skipping = Skipping(poison);
            int deaths = 0;
            UntilItLives(broker, random, poison, ref deaths).Dispose();

            using (var half = new Pod(broker, skipping with { Pipeline = new() { GatherRecords = 40 } }))
            {
                Assert.Throws<DeathException>(() => half.RunToEnd(_ =>
                {
                    if (broker.Committed[poison.Partition] > poison.Offset)
                    {
                        throw new DeathException(); // with much to do, and the poison to be read again
                    }
                }));
                Assert.Contains($"skipped {poison.Offset}", Note(broker, poison.Partition), StringComparison.Ordinal);
            }

            using var rest = new Pod(broker, Pod.SmallOptions());
            rest.RunToEnd();
            using var whole = new Pod(undisturbed, skipping);
            whole.RunToEnd();

            Assert.True(
                Texts(undisturbed.Output).SetEquals(Texts(broker.Output)),
                $"Seed {seed}: not what is there when the record is skipped from the first.");
            OutputMessage letter = Assert.Single(
                broker.DeadLetters, m => m.Header("forecaster_reason") == "skipped");
            Assert.Equal(poison, letter.Origin);
        }
    }

    /// <remarks>One that lies far after the last commit has to be come near to first: a fourth end.</remarks>
    [Theory]
    [InlineData(7, 3)]
    [InlineData(500, 3)]
    [InlineData(2_048, 4)]
    public void Run_RecordThatKillsWhenReadAgain_IsFoundBelowTheCommittedOffset(int gatherRecords, int ends)
    {
        const int Records = 2_000, Poison = 1_400;
        var broker = new MemoryBroker(1);
        for (int i = 0; i < Records; i++)
        {
            broker.AddEvent(0, "e", Pod.Start.AddSeconds(i), i % 7);
        }

        broker.Committed[0] = Records;
        int deaths = 0;
        while (!Lives(broker, gatherRecords))
        {
            deaths++;
        }

        Assert.Equal(ends, deaths);
        Assert.Equal(Records, broker.Committed[0]);
        Assert.StartsWith($"start 3 taking {Poison} of ", Note(broker, 0), StringComparison.Ordinal);

        static bool Lives(MemoryBroker broker, int gatherRecords)
        {
            using var pod = new Pod(broker, Pod.SmallOptions(gatherRecords));
            pod.Port.Committing = next =>
            {
                if (next[0].Attempt?.At > Poison)
                {
                    throw new DeathException(); // it has been read, which can't be
                }
            };
            return Run(pod, new Random(1));
        }
    }

    [Fact]
    public void Run_EndedAgainAndAgainByOthers_BlamesNoRecord()
    {
        MemoryBroker broker = RandomStreams.Create(seed: 6);
        for (int life = 0; life < 20; life++)
        {
            using var pod = new Pod(broker, Pod.SmallOptions(gatherRecords: 7));
            int polls = life % 6;
            Assert.Throws<DeathException>(() => pod.Run(poll =>
            {
                Script(pod, poll, stopAt: int.MaxValue);
                if (poll > polls)
                {
                    throw new DeathException();
                }
            }));
            pod.Port.Crash(arriving: life % 3);
        }

        using var last = new Pod(broker, Pod.SmallOptions());
        last.RunToEnd();

        Assert.Empty(last.StoppedPartitions);
        Assert.True(Texts(RandomStreams.Reference(6)).SetEquals(Texts(broker.Output)));
    }

    [Fact]
    public void Run_CleanStops_LeaveNoSuspicion()
    {
        MemoryBroker broker = RandomStreams.Create(seed: 6);
        for (int life = 0; life < 5; life++)
        {
            using var pod = new Pod(broker, Pod.SmallOptions(gatherRecords: 7));
            pod.Run(poll =>
            {
                Script(pod, poll, stopAt: 3);
                if (poll == 2)
                {
                    Assert.StartsWith("start 1 at ", Note(broker, 0), StringComparison.Ordinal);
                }
            });

            Assert.All(broker.Notes.Keys, partition => Assert.Equal("begun with 3", Note(broker, partition)));
        }
    }

    [Fact]
    public void Run_StoppedPartition_StaysStoppedOverACleanStopAndIsTriedByAnotherVersion()
    {
        MemoryBroker broker = RandomStreams.Create(seed: 6);
        long at = broker.Logs[0][50].Offset;
        string own = DaemonVersion.Text, note = $"start 3 taking {at} of {own}";
        (broker.Committed[0], broker.Notes[0]) = (at, Encoding.UTF8.GetBytes(note));
        using (var stopped = new Pod(broker, Pod.SmallOptions()))
        {
            stopped.RunToEnd();
            Assert.Equal([0], stopped.StoppedPartitions);
        }

        Assert.Equal(note, Note(broker, 0));
        Assert.Equal(at, broker.Committed[0]);
        broker.Notes[0] = Encoding.UTF8.GetBytes($"start 3 taking {at} of {own}-old");
        using var other = new Pod(broker, Pod.SmallOptions());
        other.RunToEnd();

        Assert.Empty(other.StoppedPartitions);
        Assert.Equal(broker.End(0), broker.Committed[0]);
    }

    [Fact]
    public void Run_RecordToBlameIsDeletedMeanwhile_ReadsOn()
    {
        MemoryBroker broker = RandomStreams.Create(seed: 6, partitions: 1);
        (broker.Committed[0], broker.Notes[0]) = (5, Encoding.UTF8.GetBytes($"start 3 taking 5 of {DaemonVersion.Text}"));
        broker.LowMarks[0] = 20;
        using var pod = new Pod(broker, Pod.SmallOptions());

        pod.RunToEnd();

        Assert.Empty(pod.StoppedPartitions);
        Assert.Equal(broker.End(0), broker.Committed[0]);
    }

    [Fact]
    public void Run_AnotherLaneHasARecordInHand_TakesNoneMeanwhile()
    {
        MemoryBroker broker = RandomStreams.Create(seed: 6, partitions: 1);
        long at = broker.LowMarks[0];
        (broker.Committed[0], broker.Notes[0]) = (at, Encoding.UTF8.GetBytes($"start 2 at {at} of {DaemonVersion.Text}"));
        using var pod = new Pod(broker, Pod.SmallOptions());
        List<PartitionOffset> commits = [];
        pod.Port.Committing = commits.AddRange;
        pod.Abandon();
        using var held = new ManualResetEventSlim();
        using var done = new ManualResetEventSlim();
        var other = new Thread(() =>
        {
            lock (pod.Factory.Life.AloneTurn)
            {
                held.Set();
                done.Wait();
            }
        });
        other.Start();
        held.Wait();

        Assert.Throws<OperationCanceledException>(() => pod.RunToEnd());

        done.Set();
        other.Join();
        PartitionOffset claim = Assert.Single(commits);
        Assert.Equal(
            new Attempt(Attempt.Careful, at, IsTaking: false, DaemonVersion.Text, pod.Factory.Life.Name),
            claim.Attempt);
    }

    /// <summary>Starts pods one after the other until one reads all it is to read.</summary>
    private static Pod UntilItLives(MemoryBroker broker, Random random, PartitionOffset poison, ref int deaths)
    {
        while (true)
        {
            var pod = new Pod(broker, Pod.SmallOptions(GatherSizes[random.Next(GatherSizes.Length)]));
            string origin = string.Create(
                CultureInfo.InvariantCulture, $"\"partition\":{poison.Partition},\"offset\":{poison.Offset}}}");
            pod.Port.Producing = text =>
            {
                if (text.Contains(origin, StringComparison.Ordinal))
                {
                    throw new DeathException();
                }
            };
            if (Run(pod, random))
            {
                return pod;
            }

            deaths++;
            pod.Dispose();
        }
    }

    private static bool Run(Pod pod, Random random)
    {
        try
        {
            pod.RunToEnd();
            return true;
        }
        catch (DeathException)
        {
            pod.Port.Crash(arriving: random.Next(5));
            return false;
        }
    }

    private static void Script(Pod pod, int poll, int stopAt)
    {
        if (poll == 0)
        {
            pod.Port.Assign([.. Enumerable.Range(0, pod.Broker.Partitions)]);
        }
        else if (poll == stopAt)
        {
            pod.Stop();
        }

        pod.DueCommit();
    }

    private static ForecasterOptions Skipping(PartitionOffset poison) => Pod.SmallOptions() with
    {
        Input = new() { Skip = [$"events-{poison.Partition}@{poison.Offset}", "others-0@1"] },
    };

    private static OutputMessage AnyForecast(OutputMessage[] reference, Random random)
    {
        OutputMessage[] forecasts = [.. reference.Where(m => m.Topic == "forecasts")];
        return forecasts[random.Next(forecasts.Length)];
    }

    private static HashSet<string> Texts(IEnumerable<OutputMessage> messages) =>
        [.. messages.Where(m => m.Topic == "forecasts").Select(m => m.Whole)];

    private static string Note(MemoryBroker broker, int partition) => Encoding.UTF8.GetString(broker.Notes[partition]);

    private sealed class DeathException : Exception;
}

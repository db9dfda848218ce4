using Streaming.Inference.Model;
using Streaming.Inference.Series;

namespace Inference.Tests.Series;

public sealed class IntakeTests
{
    private static readonly long Minute = TimeSpan.TicksPerMinute;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Offer_RandomStreams_MatchesTheRulesByBruteForce(int seed)
    {
        var random = new Random(seed);
        var seen = new int[2];
        for (int trial = 0; trial < 60; trial++)
        {
            SeriesProfile[] profiles = RandomStream.Profiles(random, random.Next(1, 7));
            MatchesOracle(profiles, RandomStream.Records(random, profiles, 400), seen);
        }

        Assert.All(seen, count => Assert.InRange(count, 100, int.MaxValue)); // accepted and late both occur
    }

    [Fact]
    public void Offer_MoreTotalsThanMayWait_MatchesTheRulesByBruteForce()
    {
        var random = new Random(Seed: 5);
        var seen = new int[2];
        int taken = 0;
        for (int trial = 0; trial < 20; trial++)
        {
            SeriesProfile[] profiles =
            [
                new() { StepTicks = 10 * Minute, GraceTicks = random.Next(10) * Minute, Kind = ValueKind.Counter },
            ];
            taken += MatchesOracle(profiles, RandomStream.Records(random, profiles, 800), seen).Taken;
        }

        Assert.InRange(taken, 1_000, int.MaxValue);
        Assert.All(seen, count => Assert.InRange(count, 100, int.MaxValue));
    }

    /// <summary>As on a day of 25 hours: a series that has gone must leave no step behind.</summary>
    [Fact]
    public void Offer_SeriesIdleBeforeItsStepCloses_GoesAfterIt()
    {
        var slow = new SeriesState(
            new() { StepTicks = 60 * Minute, IdleTicks = 30 * Minute, WindowSteps = 16 }, Partition.SmallSettings, 0);
        var fast = new SeriesState(new() { StepTicks = Minute, WindowSteps = 16 }, Partition.SmallSettings, 1);
        var queue = new PendingSteps();
        var gone = new List<SeriesState>();
        var intake = new Intake(queue, (a, b) => a.Row.CompareTo(b.Row), gone.Add);
        long start = new DateTime(2024, 1, 1).Ticks;
        intake.Offer(slow, new(start, 1), 0);

        for (int minute = 1; minute < 60; minute++)
        {
            intake.Offer(fast, new(start + (minute * Minute), 1), minute);
            intake.LetGo();
            Assert.Empty(gone);
        }

        intake.Offer(fast, new(start + (60 * Minute), 1), 60);
        intake.Offer(fast, new(start + (61 * Minute), 1), 61);
        intake.LetGo();

        Assert.Single(queue.Steps.ToArray(), step => step.Series == slow);
        Assert.Equal([slow], gone);
    }

    [Fact]
    public void Offer_RandomStreams_StepsOfASeriesAscendWithoutHolesButAtRestarts()
    {
        var random = new Random(Seed: 8);
        int held = 0, restarts = 0;
        for (int trial = 0; trial < 60; trial++)
        {
            SeriesProfile[] profiles = RandomStream.Profiles(random, 5);
            Partition partition = Create(profiles);
            foreach (StreamRecord record in RandomStream.Records(random, profiles, 600))
            {
                partition.Offer(record);
            }

            foreach (var group in partition.Queue.Steps.ToArray().Where(s => !s.IsSilence).GroupBy(s => s.Series))
            {
                long step = group.Key.Profile.StepTicks;
                PendingStep[] steps = [.. group];
                for (int i = 1; i < steps.Length; i++)
                {
                    long length = steps[i].TimeTicks - steps[i - 1].TimeTicks;
                    bool isRight = step == 0 ? length >= 0
                        : steps[i].Restarts ? length > (group.Key.Profile.MaxGapSteps + 1) * step
                        : length == step;
                    Assert.True(isRight);
                    held += steps[i].IsHeld ? 1 : 0;
                    restarts += steps[i].Restarts ? 1 : 0;
                }
            }
        }

        Assert.InRange(held, 100, int.MaxValue);
        Assert.InRange(restarts, 100, int.MaxValue);
    }

    [Fact]
    public void Offer_OutOfOrderWithinGrace_JoinsItsBucket()
    {
        Partition partition = Create(new SeriesProfile { StepTicks = Minute, GraceTicks = Minute });

        Assert.Equal(IntakeResult.Accepted, Offer(partition, 0, 0.5, 1));
        Assert.Equal(IntakeResult.Accepted, Offer(partition, 0, 1.5, 10));
        Assert.Equal(IntakeResult.Accepted, Offer(partition, 0, 0.7, 3));
        Assert.Equal(0, partition.Queue.Count);
        Assert.Equal(IntakeResult.Accepted, Offer(partition, 0, 2, 20));

        Assert.Equal(2, Assert.Single(partition.Queue.Steps.ToArray()).Value);
        Assert.Equal(IntakeResult.Late, Offer(partition, 0, 0.9, 3));
    }

    [Fact]
    public void Offer_OwnTimePastAnEmptyBucket_IsLate()
    {
        Partition partition = Create(new SeriesProfile { StepTicks = Minute });
        Offer(partition, 0, 0, 1);
        Offer(partition, 0, 10, 1);

        Assert.Equal(IntakeResult.Late, Offer(partition, 0, 5, 1));
    }

    [Fact]
    public void Offer_SlowSeriesBehindStreamTime_IsHeardWhole()
    {
        var profile = new SeriesProfile { StepTicks = Minute, MaxSkewTicks = Minute };
        Partition partition = Create(profile, profile);
        Offer(partition, 0, 60, 1);

        Assert.Equal(IntakeResult.Accepted, Offer(partition, 1, 3, 7));
        Assert.Equal(IntakeResult.Accepted, Offer(partition, 1, 3.5, 9));
        Assert.Equal(IntakeResult.Accepted, Offer(partition, 1, 4, 5)); // its own time closes the step before

        Assert.Equal([8d], partition.Queue.Steps.ToArray().Select(s => s.Value));
    }

    [Fact]
    public void Offer_SlowSeriesThatFallsSilent_ClosesAStepAndSkewAfterItOpened()
    {
        var profile = new SeriesProfile { StepTicks = Minute, MaxSkewTicks = Minute };
        Partition partition = Create(profile, new SeriesProfile { StepTicks = 0 });
        Offer(partition, 1, 60, 0);
        Offer(partition, 0, 3, 7);
        Offer(partition, 1, 61.99, 0);
        Assert.Equal(2, partition.Queue.Count);

        Offer(partition, 1, 62, 1);

        Assert.Equal([0d, 0d, 7d, 1d], partition.Queue.Steps.ToArray().Select(s => s.Value));
    }

    [Fact]
    public void Offer_SilentSeries_ClosesByStreamTimePastGraceAndSkew()
    {
        var profile = new SeriesProfile { StepTicks = Minute, GraceTicks = 2 * Minute, MaxSkewTicks = 3 * Minute };
        Partition partition = Create(profile, new SeriesProfile { StepTicks = 0 });
        Offer(partition, 0, 0.5, 42);
        Offer(partition, 1, 5.99, 0);
        Assert.Equal(1, partition.Queue.Count);

        Offer(partition, 1, 6, 1);

        Assert.Equal([0d, 42d, 1d], partition.Queue.Steps.ToArray().Select(s => s.Value)); // the closing comes first
    }

    [Fact]
    public void Offer_EarlierBucketOpenedLater_ClosesByStreamTimeOnItsOwnDeadline()
    {
        var profile = new SeriesProfile { StepTicks = Minute, GraceTicks = 5 * Minute };
        Partition partition = Create(profile, new SeriesProfile { StepTicks = 0 });
        Offer(partition, 0, 4.5, 4);
        Offer(partition, 0, 0.5, 0);

        Offer(partition, 1, 6, 100);

        Assert.Equal([0d, 100d], partition.Queue.Steps.ToArray().Select(s => s.Value));
    }

    [Theory]
    [InlineData(ValueKind.Auto, ValueKind.Auto, ValueKind.Gauge, 20d)]
    [InlineData(ValueKind.Auto, ValueKind.Auto, ValueKind.Counter, 1d)] // 20 in 20 s
    [InlineData(ValueKind.Auto, ValueKind.Delta, ValueKind.Counter, 40d)]
    [InlineData(ValueKind.Gauge, ValueKind.Delta, ValueKind.Counter, 20d)]
    [InlineData(ValueKind.Counter, ValueKind.Gauge, ValueKind.Gauge, 1d)]
    public void Offer_KindOfValue_IsTheRulesThenTheProducersThenTheNames(
        ValueKind rule, ValueKind producer, ValueKind name, double expected)
    {
        var queue = new PendingSteps();
        var intake = new Intake(queue, (_, _) => 0);
        var profile = new SeriesProfile { StepTicks = Minute, Kind = rule };
        var series = new SeriesState(profile, Partition.SmallSettings, row: 0) { NamedKind = name };
        (double Seconds, double Value)[] values = [(10, 10), (30, 30), (61, 0)];
        foreach ((double seconds, double value) in values)
        {
            long time = RandomStream.Start + (long)(seconds * TimeSpan.TicksPerSecond);
            intake.Offer(series, new(time, value, producer), 0);
        }

        Assert.Equal(expected, Assert.Single(queue.Steps.ToArray()).Value);
    }

    [Fact]
    public void Offer_Refused_ChangesNothing()
    {
        var random = new Random(Seed: 4);
        SeriesProfile[] profiles = RandomStream.Profiles(random, 5);
        Partition all = Create(profiles), accepted = Create(profiles);
        foreach (StreamRecord record in RandomStream.Records(random, profiles, 2_000))
        {
            if (all.Offer(record) == IntakeResult.Accepted)
            {
                accepted.Offer(record);
            }
        }

        Assert.Equal(
            Steps(accepted).Select(s => s with { Origin = 0 }), Steps(all).Select(s => s with { Origin = 0 }));
    }

    [Fact]
    public void Offer_ManySeriesClosingAtOnce_AllocatesNothing()
    {
        const int Count = 300;
        Partition partition = Create([.. Enumerable.Repeat(new SeriesProfile { StepTicks = Minute }, Count)]);
        int minute = 0;

        long allocatedBytes = Allocation.Least(() =>
        {
            for (int end = minute + 10; minute < end; minute++)
            {
                for (int s = 0; s < Count; s++)
                {
                    Offer(partition, s, minute, s);
                }

                partition.Queue.FormWaves();
                partition.Queue.Clear();
            }
        });

        Assert.Equal(0, allocatedBytes);
    }

    /// <summary>Offers records to both and compares what they say and the steps that they close.</summary>
    private static IntakeOracle MatchesOracle(SeriesProfile[] profiles, StreamRecord[] records, int[] seen)
    {
        Partition actual = Create(profiles);
        var oracle = new IntakeOracle(profiles, [.. profiles.Select((_, i) => Partition.IdOf(i))]);
        for (int i = 0; i < records.Length; i++)
        {
            IntakeResult expected = oracle.Offer(records[i], i);

            Assert.Equal(expected, actual.Offer(records[i]));

            seen[(int)expected]++;
            Assert.Equal(oracle.Steps.Count, actual.Queue.Count);
        }

        Assert.Equal(oracle.Steps, Steps(actual));
        return oracle;
    }

    private static Partition Create(params SeriesProfile[] profiles) => new(
        profiles, Partition.SmallSettings, new ModelParameters(Partition.SmallSettings.ShapeOf(hidden: 1, layers: 1)));

    private static IntakeResult Offer(Partition partition, int series, double minutes, double value) =>
        partition.Offer(new StreamRecord(series, RandomStream.Start + (long)(minutes * Minute), value));

    private static List<(int Series, long TimeTicks, double Value, bool IsHeld, bool Restarts, int Origin)> Steps(
        Partition partition) =>
        [.. partition.Queue.Steps.ToArray().Select(s => (
            Array.IndexOf(partition.Series, s.Series), s.TimeTicks, s.Value, s.IsHeld, s.Restarts, s.Origin))];
}

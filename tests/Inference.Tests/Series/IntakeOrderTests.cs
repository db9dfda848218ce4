using CsCheck;
using Streaming.Inference.Model;
using Streaming.Inference.Series;

namespace Inference.Tests.Series;

/// <summary>The order in which records come within the grace changes no step.</summary>
public sealed class IntakeOrderTests
{
    private const int Series = 3;
    private const long Second = TimeSpan.TicksPerSecond;

    private static readonly Gen<SeriesProfile> Profile =
        from step in Gen.OneOf(Gen.Const(7), Gen.Const(10), Gen.Const(60))
        from graceSeconds in Gen.Int[0, 90]
        from skewSeconds in Gen.Int[0, 90]
        from aggregate in Gen.Enum<Aggregate>()
        from kind in Gen.OneOf(Gen.Const(ValueKind.Gauge), Gen.Const(ValueKind.Delta), Gen.Const(ValueKind.Counter))
        from gap in Gen.Int[0, 5]
        select new SeriesProfile
        {
            StepTicks = step * Second,
            GraceTicks = graceSeconds * Second,
            MaxSkewTicks = skewSeconds * Second,
            Aggregate = aggregate,
            Kind = kind,
            MaxGapSteps = gap,
        };

    /// <summary>A time of its own for each record, a value that sums without rounding (where it is a total, half of them
    /// fall), now and then when it began to count, and its delay as a share. Some are sent twice.</summary>
    private static readonly Gen<Sent[]> Records =
        Gen.Select(
            Gen.Int[0, Series - 1], Gen.Long[1, 600 * Second], Gen.Int[-80, 800],
            Gen.Frequency((2, Gen.Const(0L)), (1, Gen.Long[1, 600 * Second])), Gen.Double[0, 1], Gen.Double[0, 4],
            (series, time, value, start, delay, again) => (
                Sent: new Sent(
                    new(series, RandomStream.Start + time, value / 8.0)
                    {
                        StartTicks = start == 0 ? 0 : RandomStream.Start + start,
                    },
                    delay),
                Again: again))
            .Array[1, 200]
            .Select(all => all
                .DistinctBy(r => r.Sent.Record.TimeTicks)
                .SelectMany(r => r.Again > 1 ? [r.Sent] : new[] { r.Sent, r.Sent with { Delay = r.Again } })
                .ToArray());

    [Fact]
    public void Offer_AnyOrderWithinTheGrace_ClosesTheSameSteps() =>
        Gen.Select(Profile.Array[Series], Records).Sample((profiles, records) =>
        {
            long grace = profiles.Min(p => p.GraceTicks);
            var inOrder = Closed(profiles, records.OrderBy(r => r.Record.TimeTicks));
            var shuffled = Closed(profiles, records.OrderBy(r => r.Record.TimeTicks + (long)(r.Delay * grace)));

            Assert.Equal(inOrder, shuffled);
        });

    [Fact]
    public void Offer_AnyOrderWithinAStep_ClosesTheSameStepsWithoutGrace() =>
        Gen.Select(Profile, Records).Sample((any, all) =>
        {
            SeriesProfile[] profiles = [any with { GraceTicks = 0 }];
            Sent[] records = [.. all.Where(r => r.Record.Series == 0)];
            var inOrder = Closed(profiles, records.OrderBy(r => r.Record.TimeTicks));
            var shuffled = Closed(
                profiles, records.OrderBy(r => any.IndexOf(r.Record.TimeTicks)).ThenBy(r => r.Delay));

            Assert.Equal(inOrder, shuffled);
        });

    /// <summary>Of totals that differ at one time the one of the later start counts, then the larger.</summary>
    [Fact]
    public void Offer_TotalsOfOneTime_AreOneWhateverTheirOrder()
    {
        SeriesProfile[] profiles = [new() { StepTicks = 60 * Second, Kind = ValueKind.Counter }];
        StreamRecord[] totals = [Total(2, 10, start: 1), Total(10, 40), Total(10, 30), Total(10, 20, start: 5), Total(60, 100)];

        var expected = Closed(profiles, totals.Select(t => new Sent(t, 0)));
        foreach (int[] order in (int[][])[[3, 2, 1, 0, 4], [1, 3, 0, 2, 4], [2, 0, 3, 1, 4]])
        {
            Assert.Equal(expected, Closed(profiles, order.Select(i => new Sent(totals[i], 0))));
        }

        Assert.Equal(4, Assert.Single(expected).Value); // 20 in the 5 s since its start
    }

    /// <summary>One more than may wait comes: the oldest is taken, and one older than that is late, not lost.</summary>
    [Fact]
    public void Offer_MoreTotalsThanMayWait_TakesTheOldestAndCallsOlderOnesLate()
    {
        SeriesProfile[] profiles = [new() { StepTicks = 3_600 * Second, Kind = ValueKind.Counter }];
        Partition partition = Create(profiles);
        for (int i = 0; i < OpenTotals.Most; i++)
        {
            Assert.Equal(IntakeResult.Accepted, partition.Offer(Total(1_000 - (2 * i), 2_000 - (2 * i))));
        }

        Assert.Equal(IntakeResult.Accepted, partition.Offer(Total(1_002, 2_002)));
        long taken = 1_000 - (2 * (OpenTotals.Most - 1));
        Assert.Equal(IntakeResult.Late, partition.Offer(Total(taken - 1, 1)));
        Assert.Equal(IntakeResult.Accepted, partition.Offer(Total(taken, 1)));
        Assert.Equal(IntakeResult.Accepted, partition.Offer(Total(taken + 1, taken + 1_001)));
        Assert.Equal(IntakeResult.Late, partition.Offer(Total(taken, 1)));
        Assert.Equal(IntakeResult.Accepted, partition.Offer(Total(3_600, 0)));

        Assert.Equal(1, Assert.Single(partition.Queue.Steps.ToArray()).Value);
    }

    [Fact]
    public void Offer_TotalsOnceGrown_AllocatesNothing()
    {
        Partition partition = Create([new() { StepTicks = 60 * Second, GraceTicks = 60 * Second, Kind = ValueKind.Counter }]);
        int second = 0;

        long allocatedBytes = Allocation.Least(() =>
        {
            for (int end = second + 600; second < end; second++)
            {
                partition.Offer(Total(second ^ 7, second));
                partition.Queue.Clear();
            }
        });

        Assert.Equal(0, allocatedBytes);
    }

    private static StreamRecord Total(long second, double total, long start = 0) => new(
        0, RandomStream.Start + (second * Second), total, ValueKind.Counter,
        start == 0 ? 0 : RandomStream.Start + (start * Second));

    /// <summary>The steps of each series, in their order.</summary>
    private static (int Series, long TimeTicks, double Value, bool IsHeld, bool Restarts)[] Closed(
        SeriesProfile[] profiles, IEnumerable<Sent> records)
    {
        Partition partition = Create(profiles);
        foreach ((StreamRecord record, _) in records)
        {
            Assert.Equal(IntakeResult.Accepted, partition.Offer(record));
        }

        return
        [
            .. partition.Queue.Steps.ToArray()
                .Select(s => (
                    Series: Array.IndexOf(partition.Series, s.Series), s.TimeTicks, s.Value, s.IsHeld, s.Restarts))
                .OrderBy(s => s.Series), // stable: a series' steps stay in their order
        ];
    }

    private static Partition Create(SeriesProfile[] profiles) => new(
        profiles, Partition.SmallSettings, new ModelParameters(Partition.SmallSettings.ShapeOf(1, 1)));

    /// <summary>A record and, as a share of the grace, how late it comes.</summary>
    private readonly record struct Sent(StreamRecord Record, double Delay);
}

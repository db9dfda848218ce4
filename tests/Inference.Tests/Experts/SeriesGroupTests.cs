using System.Buffers;
using Streaming.Inference.Experts;
using Streaming.Inference.Series;
using Streaming.Inference.Series.Codec;

namespace Inference.Tests.Experts;

public sealed class SeriesGroupTests
{
    private const long Hour = TimeSpan.TicksPerHour;
    private const long Start = 400_000; // hours since the year 1
    private const int Lags = SeriesGroup.LagSteps;

    private static readonly SeriesProfile Profile = new() { StepTicks = Hour };

    [Fact]
    public void Look_MembersInStep_SeesTheirLastValuesInUnitsOfWhatCameBefore()
    {
        SeriesGroup group = Gauges(3);
        double[] values = [.. Enumerable.Range(0, 80).Select(t => (t * 37 % 11) + (0.25 * t))];
        for (int t = 0; t < values.Length; t++)
        {
            group.Note(0, At(t, 1e6 * t));
            group.Note(1, At(t, values[t] - 1));
            group.Note(1, At(t, values[t] + 1));
            group.Note(2, At(t, -values[t]));
        }

        double[] seen = Look(group, 0, 79);

        // Of 80 steps the last 24 are kept, and the others gave mean and scale.
        double[] past = values[..56];
        double mean = past.Average(), deviation = Math.Sqrt(past.Average(x => (x - mean) * (x - mean)));
        double change = past.Zip(past.Skip(1), (a, b) => Math.Abs(b - a)).Average();
        double unit = Math.Max(deviation, change);
        Assert.Equal(2 * Lags, seen.Length);
        Assert.Equal((values[79] - mean) / unit, seen[0], 1e-9);
        Assert.Equal(
            Enumerable.Range(1, Lags - 1).Select(lag => (values[79 - lag] - values[79]) / unit), seen[1..Lags],
            (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal(seen[..Lags].Select(x => -x), seen[Lags..], (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(12)]
    [InlineData(20)]
    [InlineData(40)]
    public void Look_WhateverComesAfterTheStep_IsTheSame(int aheadSteps)
    {
        double[][] seen = [.. new[] { 1, 2 }.Select(seed =>
        {
            SeriesGroup group = Gauges(2);
            var random = new Random(7);
            for (int t = 0; t < 100; t++)
            {
                group.Note(1, At(t, random.NextDouble()));
            }

            random = new Random(seed);
            for (int t = 100; t < 100 + aheadSteps; t++)
            {
                group.Note(1, At(t, 1e9 * random.NextDouble()));
            }

            return Look(group, 0, 99);
        })];

        Assert.Equal(seen[0], seen[1]);
        Assert.Equal(aheadSteps < 24, seen[0].Any(x => x != 0));
        Assert.Equal(aheadSteps <= 12, seen[0].All(x => x != 0));
    }

    [Fact]
    public void Look_MemberThatIsLate_SeesWhatItLastHadAndThenNothing()
    {
        SeriesGroup group = Gauges(2);
        for (int t = 0; t < 60; t++)
        {
            group.Note(1, At(t, t % 3));
        }

        double[] now = Look(group, 0, 59), later = Look(group, 0, 62);

        Assert.Equal(now[0], later[0]);
        Assert.Equal([0, 0, 0], later[1..4]);
        Assert.Equal(now[1..9], later[4..]);
        Assert.NotEqual(0, Look(group, 0, 59 + Lags - 1)[0]);
        Assert.All(Look(group, 0, 59 + Lags), x => Assert.Equal(0, x));
        group.Note(1, At(1, 1e9)); // hours late: of no use
        Assert.Equal(now, Look(group, 0, 59));
    }

    [Fact]
    public void Look_MemberOfWhichLittleIsKnown_SeesNothing()
    {
        SeriesGroup group = Gauges(2);
        for (int t = 0; t < 47; t++)
        {
            group.Note(1, At(t, t));
            Assert.All(Look(group, 0, t), x => Assert.Equal(0, x));
        }

        Assert.Equal((1, 0), (group.HeardCount, group.KnownCount));
        group.Note(1, At(47, 47));
        Assert.Equal((1, 1), (group.HeardCount, group.KnownCount));
        Assert.Contains(Look(group, 0, 47), x => x != 0);
    }

    [Fact]
    public void Look_RunningTotals_SeesTheirRates()
    {
        var group = new SeriesGroup(Profile, [ValueKind.Gauge, ValueKind.Counter, ValueKind.Gauge]);
        double total = 0;
        for (int t = 0; t < 90; t++)
        {
            double perSecond = 1 + (t * 5 % 7);
            total += perSecond * TimeSpan.FromTicks(Hour).TotalSeconds;
            group.Note(1, At(t, total));
            group.Note(2, At(t, t == 0 ? double.Epsilon : perSecond)); // the first total has no rate
        }

        double[] seen = Look(group, 0, 89);

        Assert.Equal(seen[..Lags], seen[Lags..], (a, b) => Math.Abs(a - b) < 0.05);
        Assert.Contains(seen[..Lags], x => Math.Abs(x) > 0.5);
    }

    /// <summary>A group that nobody has heard is not stored.</summary>
    [Fact]
    public void HeardCount_FirstOfRunningTotals_CountsThoughItGivesNoRate()
    {
        var group = new SeriesGroup(Profile, [ValueKind.Counter, ValueKind.Counter]);

        group.Note(1, At(0, 5));

        Assert.Equal((1, 0), (group.HeardCount, group.KnownCount));
        Assert.All(Look(group, 0, 0), x => Assert.Equal(0, x));
    }

    [Theory]
    [InlineData(ValueKind.Gauge)]
    [InlineData(ValueKind.Counter)]
    [InlineData(ValueKind.Delta)]
    public void ReadFrom_WhatWasWritten_GoesOnWithTheSameBits(ValueKind kind)
    {
        var random = new Random(3);
        SeriesGroup steady = Gauges(3), revived = Gauges(3);
        for (int i = 0, t = 0; i < 2_000; i++)
        {
            t += random.Next(40) == 0 ? random.Next(40) : random.Next(3) == 0 ? 1 : 0;
            int place = random.Next(3);
            var sample = new Sample(At(t - random.Next(4) + 4, 0).TimeTicks + random.Next(), i + random.NextDouble(), kind);
            steady.Note(place, sample);
            revived.Note(place, sample);
            if (i % 17 == 0)
            {
                var buffer = new ArrayBufferWriter<byte>();
                revived.WriteTo(new StateWriter(buffer));
                revived = Gauges(3);
                var reader = new StateReader(buffer.WrittenSpan);
                revived.ReadFrom(ref reader);
                reader.End();
            }

            Assert.Equal(Look(steady, place, t), Look(revived, place, t));
        }

        Assert.Equal(3, revived.KnownCount);
    }

    [Theory]
    [InlineData(-9999)]
    [InlineData(1e100)]
    [InlineData(0)]
    public void Look_ConstantSentinelOrHugeValues_IsFiniteAndBounded(double odd)
    {
        SeriesGroup group = Gauges(2);
        for (int t = 0; t < 200; t++)
        {
            group.Note(1, At(t, t % 50 == 0 ? 7 : odd));
            Assert.All(Look(group, 0, t), x => Assert.InRange(x, -20, 20));
        }
    }

    private static SeriesGroup Gauges(int members) =>
        new(Profile, [.. Enumerable.Repeat(ValueKind.Gauge, members)]);

    private static Sample At(int step, double value) => new((Start + step) * Hour, value);

    private static double[] Look(SeriesGroup group, int place, int step)
    {
        var seen = new double[group.FeatureCount];
        group.Look(place, (Start + step) * Hour, seen);
        return seen;
    }
}

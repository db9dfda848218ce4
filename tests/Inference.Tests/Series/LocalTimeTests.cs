using CsCheck;
using Streaming.Inference.Series;

namespace Inference.Tests.Series;

public sealed class LocalTimeTests
{
    private const long Hour = TimeSpan.TicksPerHour;
    private const long Day = TimeSpan.TicksPerDay;

    private static readonly LocalTime Berlin = new(
        "Berlin", [Utc(2024, 3, 31, 1), Utc(2024, 10, 27, 1)], [Hour, 2 * Hour, Hour]);

    /// <summary>Clocks jump from midnight to one, and go back from a minute past midnight to a minute past eleven.</summary>
    private static readonly LocalTime Midnights = new(
        "midnights", [Utc(2024, 4, 10, 3), Utc(2024, 9, 20, 2) + TimeSpan.TicksPerMinute], [-3 * Hour, -2 * Hour, -3 * Hour]);

    /// <summary>A day is left out, as in Samoa in 2011.</summary>
    private static readonly LocalTime DateLine = new("date line", [Utc(2024, 6, 15, 10)], [-10 * Hour, 14 * Hour]);

    /// <summary>Within two days of a change.</summary>
    private static readonly Gen<long> Moment = Gen.Select(
        Gen.OneOf(
            Gen.Const(Utc(2024, 3, 31, 1)), Gen.Const(Utc(2024, 10, 27, 1)), Gen.Const(Utc(2024, 4, 10, 3)),
            Gen.Const(Utc(2024, 9, 20, 2)), Gen.Const(Utc(2024, 6, 15, 10))),
        Gen.Long[-2 * Day, 2 * Day],
        (change, apart) => change + apart);

    public static TheoryData<string> Zones => new("Berlin", "midnights", "date line");

    [Theory]
    [InlineData(3, 30, 24)]
    [InlineData(3, 31, 23)]
    [InlineData(4, 1, 24)]
    [InlineData(10, 26, 24)]
    [InlineData(10, 27, 25)]
    [InlineData(10, 28, 24)]
    public void StartOf_DaysAroundAChange_LastFromMidnightToMidnight(int month, int day, int hours)
    {
        var profile = new SeriesProfile { StepTicks = Day, Zone = Berlin };
        long index = Utc(2024, month, day, 0) / Day;

        Assert.Equal(hours * Hour, profile.StartOf(index + 1) - profile.StartOf(index));
        Assert.Equal(index * Day, Berlin.Of(profile.StartOf(index)));
    }

    [Fact]
    public void StartOf_MidnightThatClocksSkip_IsWhereTheyJump()
    {
        long midnight = Utc(2024, 4, 10, 0);

        Assert.Equal(Utc(2024, 4, 10, 3), Midnights.FirstAt(midnight));
        Assert.Equal(midnight + Hour, Midnights.Of(Utc(2024, 4, 10, 3)));
    }

    [Theory]
    [MemberData(nameof(Zones))]
    public void FirstAt_AnyTime_IsTheFirstMomentThatShowsItOrMore(string name)
    {
        LocalTime zone = Zone(name);
        Moment.Sample(local =>
        {
            long first = zone.FirstAt(local);

            Assert.True(zone.Of(first) >= local);
            for (long before = first - 1; before > first - (3 * Day); before -= Hour / 2)
            {
                Assert.True(zone.Of(before) < local);
            }
        }, iter: 3_000);
    }

    [Theory]
    [MemberData(nameof(Zones))]
    public void IndexOf_AnyMoment_LiesInItsStep(string name)
    {
        Gen<int> days = Gen.OneOf(Gen.Const(1), Gen.Const(2), Gen.Const(7));
        Gen.Select(days, Moment).Sample((length, time) =>
        {
            var profile = new SeriesProfile { StepTicks = length * Day, Zone = Zone(name) };

            long index = profile.IndexOf(time);

            Assert.InRange(time, profile.StartOf(index), profile.StartOf(index + 1) - 1);
        }, iter: 3_000);
    }

    [Fact]
    public void StartOf_StepsBelowADay_StayOnTheUtcGrid()
    {
        var local = new SeriesProfile { StepTicks = Hour, Zone = Berlin };
        long time = Utc(2024, 7, 1, 5) + 17;

        Assert.Equal(time / Hour, local.IndexOf(time));
        Assert.Equal(Utc(2024, 7, 1, 5), local.StartOf(local.IndexOf(time)));
        Assert.Equal(Utc(2024, 7, 1, 8), local.LocalEndOf(Utc(2024, 7, 1, 5)));
    }

    /// <summary>A value an hour makes sums of 23, 24 or 25.</summary>
    [Theory]
    [InlineData(3, 23)]
    [InlineData(10, 25)]
    public void Offer_DaysWhereClocksChange_SumUpTheirHours(int month, int hours)
    {
        int day = month == 3 ? 31 : 27;
        var queue = new PendingSteps();
        var intake = new Intake(queue, (_, _) => 0);
        var profile = new SeriesProfile { StepTicks = Day, Zone = Berlin, Aggregate = Aggregate.Sum };
        var series = new SeriesState(profile, Partition.SmallSettings, row: 0);
        long start = profile.StartOf((Utc(2024, month, day, 0) / Day) - 1);
        for (int hour = 0; hour < 80; hour++)
        {
            intake.Offer(series, new(start + (hour * Hour), 1), 0);
        }

        PendingStep[] steps = queue.Steps.ToArray();
        Assert.Equal([24, hours, 24], steps.Select(step => (int)step.Value));
        Assert.All(steps, step => Assert.Equal(0, Berlin.Of(step.TimeTicks) % Day));
        Assert.DoesNotContain(steps, step => step.IsHeld);
    }

    private static LocalTime Zone(string name) => new[] { Berlin, Midnights, DateLine }.Single(zone => zone.Id == name);

    private static long Utc(int year, int month, int day, int hour) => new DateTime(year, month, day, hour, 0, 0).Ticks;
}

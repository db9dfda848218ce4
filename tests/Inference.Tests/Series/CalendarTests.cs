using Streaming.Inference.Series;

namespace Inference.Tests.Series;

public sealed class CalendarTests
{
    [Fact]
    public void SineOfTurns_OneAndAQuarterTurns_MatchesLibm()
    {
        for (double turns = 0; turns <= 1.25; turns += 1.0 / 65_536)
        {
            Assert.Equal(Math.Sin(2 * Math.PI * turns), Calendar.SineOfTurns(turns), 1e-7);
        }
    }

    [Fact]
    public void SineAndCosine_AnyTime_PlaceItOnTheCirclesOfHourDayWeekAndYear()
    {
        var random = new Random(Seed: 9);
        for (int i = 0; i < 1_000; i++)
        {
            var time = new DateTime(random.NextInt64(DateTime.MaxValue.Ticks), DateTimeKind.Utc);
            double day = 2 * Math.PI * time.TimeOfDay.TotalDays;
            int sinceMonday = ((int)time.DayOfWeek + 6) % 7;
            double week = 2 * Math.PI * (sinceMonday + time.TimeOfDay.TotalDays) / 7;
            double hour = 2 * Math.PI * (time.TimeOfDay.TotalHours % 1);
            double month = (time.Day - 1 + time.TimeOfDay.TotalDays) / DateTime.DaysInMonth(time.Year, time.Month);
            double year = 2 * Math.PI * (time.Month - 1 + month) / 12;

            AssertPlace(hour, Calendar.OfHour(time.Ticks));
            AssertPlace(day, Calendar.OfDay(time.Ticks));
            AssertPlace(week, Calendar.OfWeek(time.Ticks));
            AssertPlace(year, Calendar.OfYear(time.Ticks));
        }
    }

    private static void AssertPlace(double expected, double turns)
    {
        Assert.InRange(turns, 0, 0.999999999999);
        Assert.Equal(Math.Sin(expected), Calendar.Sine(turns), 2e-7);
        Assert.Equal(Math.Cos(expected), Calendar.Cosine(turns), 2e-7);
    }
}

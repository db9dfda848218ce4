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
    public void Write_AnyTime_PlacesItOnTheCirclesOfDayAndWeek()
    {
        var random = new Random(Seed: 9);
        var actual = new float[4];
        for (int i = 0; i < 1_000; i++)
        {
            var time = new DateTime(random.NextInt64(DateTime.MaxValue.Ticks), DateTimeKind.Utc);
            double day = 2 * Math.PI * time.TimeOfDay.TotalDays;
            int sinceMonday = ((int)time.DayOfWeek + 6) % 7;
            double week = 2 * Math.PI * (sinceMonday + time.TimeOfDay.TotalDays) / 7;
            double[] expected = [Math.Sin(day), Math.Cos(day), Math.Sin(week), Math.Cos(week)];

            Calendar.Write(time.Ticks, actual);

            Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 2e-7));
        }
    }
}

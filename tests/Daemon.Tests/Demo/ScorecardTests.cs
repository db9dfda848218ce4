using Streaming.Daemon.Demo;

namespace Daemon.Tests.Demo;

public sealed class ScorecardTests
{
    private static readonly DateTime Start = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>A season of four steps.</summary>
    private static readonly Cadence Cadence = new(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(20));

    [Fact]
    public void Report_HandComputedCase_MatchesIt()
    {
        // Season 4, h = 1. Scored targets: steps 4 and 5 (seasonal naive needs steps 0 and 1).
        double[] values = [1, 2, 3, 4, 3, 5];
        Scorecard card = Card([1], []);

        for (int step = 0; step < values.Length; step++)
        {
            card.Add(Message(step, values[step], [1], [values[step] - 0.5], [2], [4.5]));
        }

        SeriesReport report = Assert.Single(card.Report().Series);
        // Errors: forecast |3 − 3.5| + |5 − 2.5| = 3; persistence |3 − 4| + |5 − 3| = 3; seasonal |3 − 1| + |5 − 2| = 5.
        Assert.Equal(1, report.MaseAgainstPersistence[0], 12);
        Assert.Equal(0.6, report.MaseAgainstSeasonal[0], 12);
        // Intervals [2, 4.5] of targets 1 to 5: 2, 3, 4, 3 lie within, 5 does not.
        Assert.Equal(0.8, report.Coverage, 12);
        Assert.Equal(6, report.Forecasts);
    }

    [Fact]
    public void Report_SecondCopyOfAForecast_ChangesNothing()
    {
        Scorecard once = Card([1, 3], []), twice = Card([1, 3], []);
        var random = new Random(17);
        for (int step = 0; step < 40; step++)
        {
            ForecastMessage message = RandomMessage(random, step, [1, 3]);
            once.Add(message);
            twice.Add(message);
            twice.Add(message with { Forecast = [0, 0], IsAnomaly = true });
        }

        AssertSame(once.Report().Series[0], twice.Report().Series[0]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Report_RandomStreams_MatchesAStraightforwardScorer(int seed)
    {
        var random = new Random(seed);
        int[] horizons = [1, 3, 4, 6, 9];
        for (int trial = 0; trial < 40; trial++)
        {
            List<ForecastMessage> messages = [];
            for (int step = 0; step < 120; step += random.Next(8) == 0 ? random.Next(1, 6) : 1)
            {
                messages.Add(RandomMessage(random, step, random.Next(9) == 0 ? [1, 4, 9] : horizons));
            }

            LabelledWindow[] windows = [.. Enumerable.Range(0, 3).Select(_ => RandomWindow(random))];
            Scorecard card = Card(horizons, windows);
            messages.ForEach(card.Add);

            AssertSame(
                SlowScorer.Score("s", messages, Cadence, horizons, windows), card.Report().Series.Single());
        }
    }

    [Theory]
    [InlineData(59, 0)] // its step is [59, 64), the window [64, 74]
    [InlineData(60, 1)]
    [InlineData(74, 1)]
    [InlineData(75, 0)]
    public void Report_AlarmAtTheEdgeOfAWindow_FindsItWhereTheStepOverlaps(int minute, int found)
    {
        LabelledWindow window = new(Start.AddMinutes(64), Start.AddMinutes(74));
        Scorecard card = Card([1], [window]);

        card.Add(Message(0, 1, [1], [1], [0], [2]) with { IsAnomaly = true, Time = Start.AddMinutes(minute) });

        SeriesReport report = card.Report().Series[0];
        Assert.Equal((1, found, 1, 1 - found), (report.Labelled, report.Found, report.Alarms, report.FalseAlarms));
    }

    [Fact]
    public void Report_SeriesWhoseNaiveMakesNoError_IsLeftOutOfTheMeanAndCounted()
    {
        DemoStream[] streams = [new("flat", [], []), new("line", [], []), new("silent", [], [])];
        var card = new Scorecard(streams, _ => Cadence, [1]);
        for (int step = 0; step < 12; step++)
        {
            card.Add(Message(step, 7, [1], [8], [0], [9]) with { Series = "flat" });
            card.Add(Message(step, step, [1], [step + 0.5], [step], [step + 0.5]) with { Series = "line" });
            card.Add(Message(step, step, [1], [step], [0], [0]) with { Series = "stranger" });
        }

        ScoreReport report = card.Report();

        Assert.Equal(0.5, Assert.Single(report.MaseAgainstPersistence), 12);
        Assert.Equal(0.125, Assert.Single(report.MaseAgainstSeasonal), 12);
        Assert.Equal(0.5, report.Coverage, 12);
        Assert.Equal(2, report.LeftOut);
        Assert.Equal(["flat", "line", "silent"], report.Series.Select(series => series.Series));
    }

    private static Scorecard Card(int[] horizons, LabelledWindow[] windows) =>
        new([new("s", [], windows)], _ => Cadence, horizons);

    private static ForecastMessage Message(
        int step, double value, int[] horizons, double[] forecast, double[] lower, double[] upper) =>
        new("s", Start + (step * Cadence.Step), value, horizons, forecast, lower, upper, false, "lstm@1");

    /// <summary>Values repeat often, so that zero errors and ties with an interval's ends occur; some are missing.</summary>
    private static ForecastMessage RandomMessage(Random random, int step, int[] horizons)
    {
        double Value() => random.Next(12) == 0 ? double.NaN : random.Next(6);
        double[] Values() => [.. horizons.Select(_ => Value())];
        double[] lower = Values();
        double[] upper = [.. lower.Select(low => low + random.Next(4))];
        return Message(step, Value(), horizons, Values(), lower, upper) with { IsAnomaly = random.Next(5) == 0 };
    }

    private static LabelledWindow RandomWindow(Random random)
    {
        DateTime from = Start.AddMinutes(random.Next(600));
        return new(from, from.AddMinutes(random.Next(40)));
    }

    private static void AssertSame(SeriesReport expected, SeriesReport actual)
    {
        Assert.Equal(expected.MaseAgainstPersistence, actual.MaseAgainstPersistence);
        Assert.Equal(expected.MaseAgainstSeasonal, actual.MaseAgainstSeasonal);
        Assert.Equal(
            expected with { MaseAgainstPersistence = [], MaseAgainstSeasonal = [] },
            actual with { MaseAgainstPersistence = [], MaseAgainstSeasonal = [] });
    }
}

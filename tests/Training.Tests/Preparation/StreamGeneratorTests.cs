using Streaming.Training.Preparation;

namespace Training.Tests.Preparation;

public sealed class StreamGeneratorTests
{
    public static TheoryData<StreamKind> Kinds => [.. Enum.GetValues<StreamKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Create_AnySeed_IsFiniteReproducibleAndItsOwn(StreamKind kind)
    {
        for (int seed = 0; seed < 50; seed++)
        {
            RawSeries series = Create(kind, seed);

            Assert.All(series.Values, value => Assert.True(double.IsFinite(value)));
            Assert.Equal(series.Values, Create(kind, seed).Values);
            Assert.NotEqual(series.Values, Create(kind, seed + 1).Values);
            Assert.Equal(TimeSpan.TicksPerHour, series.TimeTicks[1] - series.TimeTicks[0]);
        }
    }

    [Fact]
    public void Create_TwoRegimes_AreForetoldByTheRegimeAndByNoLag()
    {
        const int week = 7 * 24;
        for (int seed = 0; seed < 20; seed++)
        {
            double[] x = StreamGenerator.Create(StreamKind.TwoRegimes, seed, 100 * week, 1, 24).Values;
            double[] season = [.. Enumerable.Range(0, week).Select(h => x.Where((_, t) => t % week == h).Average())];
            double[] state = [.. x.Select((value, t) => (value / season[t % week]) - 1)];
            double[] now = state[2..], last = state[1..^1], before = state[..^2];
            double[] byRegime = [.. before.Zip(last, (value, regime) => regime > 0 ? value : -value)];

            Assert.InRange(Correlation(now, byRegime), 0.5, 1);
            Assert.InRange(Math.Abs(Correlation(now, last)), 0, 0.2);
            Assert.InRange(Math.Abs(Correlation(now, before)), 0, 0.2);
        }
    }

    private static RawSeries Create(StreamKind kind, int seed) =>
        StreamGenerator.Create(kind, seed, steps: 2_000, TimeSpan.TicksPerHour, seasonSteps: 24);

    private static double Correlation(double[] a, double[] b)
    {
        double meanA = a.Average(), meanB = b.Average();
        double both = a.Zip(b, (x, y) => (x - meanA) * (y - meanB)).Sum();
        return both / Math.Sqrt(a.Sum(x => (x - meanA) * (x - meanA)) * b.Sum(y => (y - meanB) * (y - meanB)));
    }
}

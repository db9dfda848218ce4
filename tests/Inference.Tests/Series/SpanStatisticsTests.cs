using Streaming.Inference.Series;

namespace Inference.Tests.Series;

public sealed class SpanStatisticsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1e9)]
    [InlineData(-1e9)]
    public void Of_AnyValues_MatchesTwoPasses(double level)
    {
        var random = new Random(Seed: 4);
        for (int count = 1; count < 70; count++)
        {
            double[] values = [.. Enumerable.Range(0, count).Select(_ => level + random.NextDouble() - 0.5)];
            double origin = values[^1], mean = values.Average(value => value - origin);

            SpanStatistics actual = SpanStatistics.Of(values, origin);

            Assert.Equal(mean, actual.Mean, 1e-12);
            Assert.Equal(
                Math.Sqrt(values.Average(v => (v - origin - mean) * (v - origin - mean))), actual.Spread, 1e-12);
            Assert.Equal(values.Min() - origin, actual.Least);
            Assert.Equal(values.Max() - origin, actual.Largest);
        }
    }

    /// <summary>A restored window has its values at other places of its ring.</summary>
    [Fact]
    public void Of_SameValuesElsewhereInTheRing_GivesTheSameBits()
    {
        var random = new Random(Seed: 5);
        double[] values = [.. Enumerable.Range(0, 60).Select(_ => random.NextDouble())];
        SpanStatistics? first = null;
        for (int before = 0; before < 70; before++)
        {
            var window = new Window(64, keepsTimes: false);
            for (int i = 0; i < before + values.Length; i++)
            {
                window.Push(i < before ? random.NextDouble() : values[i - before], isHeld: false, 0);
            }

            var copy = new double[57];
            window.CopyLast(copy);
            SpanStatistics actual = SpanStatistics.Of(copy, values[^1]);

            Assert.Equal(values[^57..], copy);
            Assert.Equal(first ??= actual, actual);
        }
    }

    [Fact]
    public void Of_LargestValues_StaysFinite()
    {
        double[] values = [1e100, -1e100, 1e100, -1e100, 1e100, -1e100, 1e100];

        SpanStatistics actual = SpanStatistics.Of(values, -1e100);

        Assert.Equal((0, 2e100), (actual.Least, actual.Largest));
        Assert.True(double.IsFinite(actual.Spread) && double.IsFinite(actual.Mean));
    }
}

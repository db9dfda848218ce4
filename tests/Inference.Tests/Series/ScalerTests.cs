using Streaming.Inference.Series;

namespace Inference.Tests.Series;

public sealed class ScalerTests
{
    [Theory]
    [InlineData(96, 50)]
    [InlineData(96, 96)]
    [InlineData(96, 97)]
    [InlineData(10, 1_000)]
    [InlineData(336, 3_000)]
    public void Add_AnyStream_MatchesTwoPasses(int span, int count)
    {
        var random = new Random(span + count);
        double level = 5;
        double[] values = [.. Enumerable.Range(0, count).Select(_ => level += random.NextDouble() - 0.5)];
        double[] changes = [.. values.Skip(1).Zip(values, (next, last) => Math.Abs(next - last))];
        var scaler = new Scaler();
        foreach (double value in values)
        {
            scaler.Add(value, span);
        }

        double[] weights = Weights(count, span), changeWeights = Weights(count - 1, span - 1);
        double mean = Dot(weights, values);
        double variance = Dot(weights, [.. values.Select(v => (v - mean) * (v - mean))]);
        double change = Dot(changeWeights, changes);

        Assert.Equal(mean, scaler.Mean, 1e-9);
        Assert.Equal(change, scaler.Change, 1e-9);
        Assert.Equal(Math.Max(Math.Max(Math.Sqrt(variance), change), 1e-3 * Math.Abs(mean)), scaler.Scale, 1e-9);
    }

    [Theory]
    [InlineData(96, 50)]
    [InlineData(10, 1_000)]
    public void Add_MinMax_MatchesARangeWhoseEndsDecay(int span, int count)
    {
        var random = new Random(span + count);
        double value = 5e6, low = double.NaN, high = double.NaN;
        var scaler = new Scaler();
        for (int i = 0; i < count; i++)
        {
            value += random.NextDouble() - 0.5;
            scaler.Add(value, span, Scaling.MinMax);
            low = i == 0 ? value : Math.Min(value, low + ((value - low) / span));
            high = i == 0 ? value : Math.Max(value, high + ((value - high) / span));

            Assert.Equal((low + high) / 2, scaler.Mean, 1e-6);
            Assert.Equal(Math.Max(Math.Max((high - low) / 2, scaler.Change), 1e-3 * scaler.Mean), scaler.Scale, 1e-6);
            Assert.InRange((value - scaler.Mean) / scaler.Scale, -1, 1);
        }
    }

    [Fact]
    public void Add_MinMaxAndASpikeLongAgo_HasForgottenIt()
    {
        var scaler = new Scaler();
        for (int i = 0; i < 2_000; i++)
        {
            scaler.Add(i == 100 ? 1e6 : i % 20, 96, Scaling.MinMax);
        }

        Assert.InRange(scaler.Mean, 8, 11);
        Assert.InRange(scaler.Scale, 8, 10);
    }

    /// <summary>A random walk moves about √h changes in h steps: a season is worth it only if it moves less.</summary>
    [Theory]
    [InlineData(0.5, 1, true)]
    [InlineData(1.5, 1, false)]
    [InlineData(1.5, 4, true)]
    [InlineData(8, 1_000, false)] // nobody moves farther than the scale
    public void PrefersSeason_AfterEnoughSeasons_ComparesWithChanges(double seasonChange, int steps, bool expected)
    {
        var scaler = new Scaler();
        for (int i = 0; i < 200; i++)
        {
            scaler.Add(Math.Abs((i % 20) - 10), 96); // changes by 1, spread by 3
        }

        for (int i = 0; i < 24; i++)
        {
            Assert.False(scaler.PrefersSeason(Math.Sqrt(steps)));
            scaler.AddSeason(i % 2 == 0 ? seasonChange : -seasonChange, 96);
        }

        Assert.Equal(expected, scaler.PrefersSeason(Math.Sqrt(steps)));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1e-320, 1)]
    [InlineData(double.Epsilon, 1)]
    [InlineData(7, 0.007)]
    [InlineData(-7, 0.007)]
    [InlineData(1e100, 1e97)]
    [InlineData(0, 1, Scaling.MinMax)]
    [InlineData(1e-320, 1, Scaling.MinMax)]
    [InlineData(7, 0.007, Scaling.MinMax)]
    [InlineData(1e100, 1e97, Scaling.MinMax)]
    public void Scale_ConstantSeries_IsAShareOfTheMeanOrOne(
        double value, double expected, Scaling scaling = Scaling.Standard)
    {
        var scaler = new Scaler();
        for (int i = 0; i < 500; i++)
        {
            scaler.Add(value, 96, scaling);
        }

        Assert.Equal(expected, scaler.Scale, 1e-12 * expected);
        Assert.Equal(value, scaler.Mean, 1e-12 * Math.Abs(value));
    }

    [Theory]
    [InlineData(Scaling.Standard)]
    [InlineData(Scaling.MinMax)]
    public void Scale_AnySizes_HasAFiniteInverse(Scaling scaling)
    {
        var random = new Random(Seed: 2);
        for (int trial = 0; trial < 200; trial++)
        {
            var scaler = new Scaler();
            for (int i = 0; i < 50; i++)
            {
                double size = random.Next(4) == 0 ? 0 : Math.Pow(10, random.Next(trial % 2 == 0 ? -323 : 0, 101));
                scaler.Add((random.Next(2) - 0.5) * size, 96, scaling);

                Assert.True(scaler.Scale > 0 && double.IsFinite(scaler.Scale));
                Assert.True(double.IsFinite(2e100 / scaler.Scale));
                Assert.True(double.IsFinite(scaler.Mean));
            }
        }
    }

    /// <summary>Weight of each of n values in the end: its own, less what later ones took.</summary>
    private static double[] Weights(int count, int span)
    {
        var weights = new double[count];
        double left = 1;
        for (int i = count - 1; i >= 0; i--)
        {
            double own = 1.0 / Math.Min(i + 1, span);
            weights[i] = left * own;
            left *= 1 - own;
        }

        Assert.Equal(1, weights.Sum(), 1e-12);
        return weights;
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
}

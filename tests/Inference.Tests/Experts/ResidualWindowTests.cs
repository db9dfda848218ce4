using Streaming.Inference.Experts;

namespace Inference.Tests.Experts;

public sealed class ResidualWindowTests
{
    private static readonly double[] Levels = [1e-6, 0.05, 0.25, 0.5, 0.75, 0.95, 1 - 1e-6];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(128)]
    public void Quantile_AnyStream_MatchesSortingTheLastResiduals(int capacity)
    {
        var random = new Random(capacity);
        var window = new ResidualWindow(capacity);
        var all = new List<float>();
        for (int i = 0; i < 1_500; i++)
        {
            // Ties, signed zeros, far out values and ordinary ones.
            double residual = random.Next(6) switch
            {
                0 => random.Next(-2, 3),
                1 => -0.0,
                2 => Math.Pow(10, random.Next(-40, 40)) * (random.Next(2) - 0.5),
                _ => random.NextDouble() - 0.5,
            };
            window.Add(residual);
            all.Add(Math.Clamp((float)residual, -1e6f, 1e6f));

            float[] sorted = [.. all.TakeLast(capacity).Order()];
            Assert.Equal(sorted.Length, window.Count);
            Assert.All(Levels, level =>
            {
                double expected = Quantile(sorted, level);
                Assert.Equal(expected, window.Quantile(level), 1e-6 * Math.Max(Math.Abs(expected), 1));
            });
            Assert.Equal(Levels.Select(window.Quantile).Order(), Levels.Select(window.Quantile)); // never cross
        }
    }

    [Theory]
    [InlineData(double.PositiveInfinity, 1e6)]
    [InlineData(double.NegativeInfinity, -1e6)]
    [InlineData(1e300, 1e6)]
    public void Add_BeyondItsLimit_IsClipped(double residual, double expected)
    {
        var window = new ResidualWindow(4);

        window.Add(residual);

        Assert.Equal(expected, window.Quantile(0.5));
    }

    [Fact]
    public void Clear_Used_BehavesAsNew()
    {
        var window = new ResidualWindow(3);
        for (int i = 0; i < 10; i++)
        {
            window.Add(i);
        }

        window.Clear();

        Assert.Equal(0, window.Count);
        Assert.Equal(0, window.Quantile(0.5));
        window.Add(-5);
        window.Add(5);
        Assert.Equal(0, window.Quantile(0.5), 1e-9);
    }

    private static double Quantile(float[] sorted, double level)
    {
        double place = Math.Clamp((level * (sorted.Length + 1)) - 1, 0, sorted.Length - 1);
        double below = sorted[(int)Math.Floor(place)], above = sorted[(int)Math.Ceiling(place)];
        return below + ((place - Math.Floor(place)) * (above - below));
    }
}

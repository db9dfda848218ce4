using System.Buffers;
using Streaming.Inference.Experts;
using Streaming.Inference.Kernels;
using Streaming.Inference.Series.Codec;

namespace Inference.Tests.Experts;

public sealed class RecursiveLeastSquaresTests
{
    private static readonly int[] Delays = [1, 3, 7];

    [Theory]
    [InlineData(1, 1.0)]
    [InlineData(5, 0.99)]
    [InlineData(19, 0.999)]
    public void Step_DelayedLabels_IsRidgeRegressionOnWhatHasArrived(int features, double forgetting)
    {
        var options = new LeastSquaresOptions { Forgetting = forgetting, PriorVariance = 2, InnovationLimit = 1e9 };
        var rules = new RecursiveLeastSquares(features, Delays, options);
        var random = new Random(Seed: features);
        var xs = new List<double[]>();
        var forecasts = new double[Delays.Length];
        double Target(int origin, int k) => Math.Sin(origin + k) + xs[origin][0];

        for (int t = 0; t < 60; t++)
        {
            xs.Add([.. Enumerable.Range(0, features).Select(_ => random.NextDouble() - 0.5)]);
            double[] labels = [.. Delays.Select((d, k) => t >= d ? Target(t - d, k) : double.NaN)];
            rules.Step(xs[t], labels, weight: 1, forecasts);
        }

        for (int k = 0; k < Delays.Length; k++)
        {
            int origins = 60 - Delays[k];
            double[] w = ReferenceRidge.Solve(
                [.. xs.Take(origins)], [.. Enumerable.Range(0, origins).Select(o => Target(o, k))], forgetting, 2);
            Assert.Equal(w.Zip(xs[59], (a, b) => a * b).Sum(), forecasts[k], 1e-9);
        }
    }

    [Fact]
    public void Step_AnyForm_GivesTheSameBits()
    {
        double[][] all = [.. Enum.GetValues<VectorForm>().Where(VectorForms.IsSupported).Select(Forecasts)];

        Assert.All(all, forecasts => Assert.Equal(all[0], forecasts));

        static double[] Forecasts(VectorForm form)
        {
            var rules = new RecursiveLeastSquares(21, Delays, new(), form);
            return [.. Run(rules, 21, 200).SelectMany(step => step)];
        }
    }

    [Fact]
    public void Step_LabelsUnknown_StaysAtZero()
    {
        var rules = new RecursiveLeastSquares(4, Delays, new());
        var forecasts = new double[Delays.Length];

        for (int t = 0; t < 50; t++)
        {
            rules.Step([1, t % 3, 0.5, -1], [double.NaN, double.NaN, double.NaN], weight: 1, forecasts);
            Assert.Equal([0, 0, 0], forecasts);
        }
    }

    [Fact]
    public void Step_OneWildLabel_TeachesNoMoreThanAClippedOne()
    {
        double[] clipped = AfterLabel(20), wild = AfterLabel(1e9), infinite = AfterLabel(double.PositiveInfinity);

        Assert.Equal(clipped, wild);
        Assert.True(infinite[0] < clipped[0], "a label that is not finite teaches nothing");

        static double[] AfterLabel(double label)
        {
            var rules = new RecursiveLeastSquares(1, [1], new());
            var forecasts = new double[1];
            for (int t = 0; t < 100; t++)
            {
                rules.Step([1], [t % 2 == 0 ? 0.9 : 1.1], weight: 1, forecasts);
            }

            rules.Step([1], [label], weight: 1, forecasts);
            return forecasts;
        }
    }

    [Fact]
    public void Step_UnexcitedFeaturesForLong_StaysBoundedAndFinite()
    {
        var rules = new RecursiveLeastSquares(6, Delays, new() { Forgetting = 0.9 });
        var forecasts = new double[Delays.Length];
        for (int t = 0; t < 20_000; t++)
        {
            rules.Step([1, 0, 0, 0, 1e-9, 0], [1, 1, 1], weight: 1, forecasts);
        }

        rules.Step([1, 1, 1, 1, 1, 1], [1, 1, 1], weight: 1, forecasts);

        Assert.All(forecasts, forecast => Assert.InRange(forecast, -1e3, 1e3));
    }

    [Fact]
    public void Step_CovarianceLost_StartsAnewAndCountsIt()
    {
        var rules = new RecursiveLeastSquares(2, [1], new() { PriorVariance = 1e300, MostVariance = 1e306 });
        var forecasts = new double[1];

        rules.Step([1e200, 1], [double.NaN], weight: 1, forecasts);
        rules.Step([1e200, 1], [1], weight: 1, forecasts);

        Assert.True(rules.Restarts > 0);
        Assert.Equal(2, rules.Restarts);
        Assert.Equal(2, Revive(rules, new(2, [1], new())).Restarts);
    }

    /// <summary>The covariance is at its bound, so that some steps forget and others do not.</summary>
    [Fact]
    public void ReadFrom_AtAnyStep_GoesOnWithTheSameBits()
    {
        var options = new LeastSquaresOptions { Forgetting = 0.9, MostVariance = 0.02 };
        RecursiveLeastSquares steady = new(5, Delays, options), revived = new(5, Delays, options);
        var random = new Random(Seed: 12);
        double[] expected = new double[3], actual = new double[3];
        for (int t = 0; t < 300; t++)
        {
            double[] x = [.. Enumerable.Range(0, 5).Select(_ => (random.NextDouble() - 0.5) * (t % 40))];
            double[] labels = [x[0], x[1] - x[2], t % 9 == 0 ? double.NaN : 1];
            steady.Step(x, labels, weight: 1, expected);
            revived.Step(x, labels, weight: 1, actual);
            Assert.Equal(expected, actual);
            if (t % 7 == 0)
            {
                revived = Revive(revived, new(5, Delays, options));
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0.5)]
    [InlineData(0.01)]
    public void Step_LessWeight_LearnsThatMuchLess(double weight)
    {
        double[] forecasts = new double[1];
        RecursiveLeastSquares full = new(1, [1], new()), less = new(1, [1], new());
        full.Step([1], [double.NaN], 1, forecasts);
        less.Step([1], [double.NaN], 1, forecasts);
        full.Step([1], [4], 1, forecasts);
        double expected = weight * forecasts[0];

        less.Step([1], [4], weight, forecasts);

        Assert.True(expected > 0);
        Assert.Equal(expected, forecasts[0], 1e-12);
    }

    [Fact]
    public void Step_AnySize_AllocatesNothing()
    {
        var rules = new RecursiveLeastSquares(30, Delays, new());
        double[] x = [.. Enumerable.Range(0, 30).Select(i => i / 30.0)], labels = [1, 2, 3], forecasts = new double[3];

        Assert.Equal(0, Allocation.Least(() => rules.Step(x, labels, 1, forecasts)));
    }

    /// <summary>Writes rules, and reads them into others that have learnt nothing.</summary>
    private static RecursiveLeastSquares Revive(RecursiveLeastSquares rules, RecursiveLeastSquares fresh)
    {
        var buffer = new ArrayBufferWriter<byte>();
        rules.WriteTo(new StateWriter(buffer));
        var reader = new StateReader(buffer.WrittenSpan);
        fresh.ReadFrom(ref reader);
        reader.End();
        return fresh;
    }

    private static IEnumerable<double[]> Run(RecursiveLeastSquares rules, int features, int steps)
    {
        var random = new Random(Seed: 4);
        for (int t = 0; t < steps; t++)
        {
            double[] x = [.. Enumerable.Range(0, features).Select(_ => random.NextDouble() - 0.5)];
            double[] labels = [.. Delays.Select(_ => random.NextDouble())];
            var forecasts = new double[Delays.Length];
            rules.Step(x, labels, weight: 1, forecasts);
            yield return forecasts;
        }
    }
}

using Streaming.Inference.Experts;
using Streaming.Inference.Series;

namespace Inference.Tests.Experts;

public sealed class LinearExpertTests
{
    private const int Season = 6;

    private static readonly int[] Horizons = [1, 3, 8];

    [Fact]
    public void Step_BeforeItHasLearnt_IsTheLastValueThenSeasonalNaive()
    {
        var expert = new LinearExpert(new() { LagSteps = 8 }, Horizons, Season);
        var window = new Window(64, keepsTimes: false);
        ExpertScratch scratch = ScratchOf(new() { LagSteps = 8 }, Horizons.Length);
        var forecasts = new double[Horizons.Length];
        for (int t = 0; t < 20; t++)
        {
            window.Push(t * t, isHeld: false, 0);
            expert.Step(window, 0, 10, teaches: true, scratch, forecasts);

            Assert.Equal(t < Season ? Math.Pow(t, 2) : Math.Pow(t + 1 - Season, 2), forecasts[0], 1e-9);
            Assert.Equal(t < Season ? Math.Pow(t, 2) : Math.Pow(t + 8 - (2 * Season), 2), forecasts[2], 1e-9);
        }
    }

    [Theory]
    [InlineData(Season)]
    [InlineData(0)]
    [InlineData(100)]
    public void Step_LinearRecurrenceInUnitsThatChange_IsLearntExactly(int season)
    {
        var learning = new LeastSquaresOptions
        {
            PriorVariance = 1e4,
            Forgetting = 1,
            MostVariance = 1e9,
            InnovationLimit = 1e9,
        };
        var expert = new LinearExpert(new() { LagSteps = 8, Learning = learning }, Horizons, season);
        var window = new Window(256, keepsTimes: false);
        var random = new Random(Seed: 4);
        ExpertScratch scratch = ScratchOf(new() { LagSteps = 8 }, Horizons.Length);
        double[] values = Recurrence(400), forecasts = new double[Horizons.Length];
        for (int t = 0; t < values.Length; t++)
        {
            window.Push(values[t], isHeld: false, 0);
            expert.Step(window, 0, 1 << random.Next(4), teaches: true, scratch, forecasts);
            for (int k = 0; k < Horizons.Length && t >= 300 && t + 8 < values.Length; k++)
            {
                Assert.Equal(values[t + Horizons[k]], forecasts[k], 1e-2);
            }
        }
    }

    [Fact]
    public void Step_ValuesWereHeldOrKnewTheirFuture_TeachNothing()
    {
        Assert.InRange(ErrorOnRamp(isHeld: false, teaches: true), 0, 0.3);
        Assert.InRange(ErrorOnRamp(isHeld: true, teaches: true), 1, 20); // what it learnt from values that alternate
        Assert.InRange(ErrorOnRamp(isHeld: false, teaches: false), 1, 20);

        static double ErrorOnRamp(bool isHeld, bool teaches)
        {
            var learning = new LeastSquaresOptions { PriorVariance = 10, InnovationLimit = 1e9 };
            var expert = new LinearExpert(new() { LagSteps = 2, Learning = learning }, [1], 0);
            ExpertScratch scratch = ScratchOf(new() { LagSteps = 2 }, 1);
            var window = new Window(64, keepsTimes: false);
            var forecasts = new double[1];
            for (int t = 0; t <= 115; t++)
            {
                window.Push(t < 100 ? t % 2 : t - 100, isHeld && t >= 100, 0);
                expert.Step(window, 0, 1, teaches || t < 100, scratch, forecasts);
            }

            return Math.Abs(forecasts[0] - 16);
        }
    }

    [Fact]
    public void Bytes_AnySizes_AreWhatItAllocates()
    {
        var options = new LinearExpertOptions { LagSteps = 50 };
        long bytes = LinearExpert.BytesOf(options, Horizons);
        long before = GC.GetAllocatedBytesForCurrentThread();
        _ = new LinearExpert(options, Horizons, Season);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(bytes, allocated);
    }

    private static ExpertScratch ScratchOf(LinearExpertOptions options, int horizons)
    {
        var scratch = new ExpertScratch();
        scratch.Fit(experts: 1, horizons);
        scratch.Fit(options);
        return scratch;
    }

    /// <summary>A sum of two cosines: each value follows from the four before it.</summary>
    private static double[] Recurrence(int steps) =>
        [.. Enumerable.Range(0, steps).Select(t => (3 * Math.Cos(0.7 * t)) + Math.Cos((2.1 * t) + 1))];
}

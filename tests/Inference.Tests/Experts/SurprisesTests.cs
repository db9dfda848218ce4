using Streaming.Inference.Experts;

namespace Inference.Tests.Experts;

public sealed class SurprisesTests
{
    private static readonly double[] Levels = [0.05, 0.95];
    private static readonly float[] Shape = [-2, 2];

    [Fact]
    public void At_LargeErrorsAtTheShortestHorizon_IsRaisedAtAllOthersToo()
    {
        int[] horizons = [1, 2, 3, 4, 8, 9];
        var tracker = new IntervalTracker(horizons.Length, Levels.Length);
        for (int t = 0; t < 2_000; t++)
        {
            for (int k = 0; k < horizons.Length; k++)
            {
                double error = (t % 2 == 0 ? 1 : -1) * (k == 0 && t >= 1_985 ? 3 : 1);
                tracker.Learn(k, error, 1, false, new SpreadPrior(1, Levels, Shape), t);
            }
        }

        var surprises = new Surprises(horizons);
        surprises.Take(tracker);

        double first = surprises.At(0) - 1;
        Assert.InRange(first, 0.5, 2);
        int[] doublings = [1, 2, 2, 3, 4, 4]; // 9, 4, 2, 1
        for (int k = 0; k < horizons.Length; k++)
        {
            Assert.Equal(first / doublings[k], surprises.At(k) - 1, 0.01);
        }
    }
}

using Streaming.Training.Optimization;

namespace Streaming.Training.Tests.Optimization;

public sealed class ScheduleTests
{
    [Fact]
    public void WarmUpFactorAt_EachUpdate_RisesLinearlyToOne()
    {
        double[] factors = [.. Enumerable.Range(0, 6).Select(new WarmUp(4).FactorAt)];

        Assert.Equal([0.25, 0.5, 0.75, 1, 1, 1], factors);
        Assert.Equal(1, new WarmUp(0).FactorAt(0));
    }

    [Fact]
    public void CosineDecayFactorAt_EachUpdate_FollowsTheFormulaAndStaysAtTheFloor()
    {
        var decay = new CosineDecay(8, 0.1);

        for (int n = 0; n < 12; n++)
        {
            double expected = n >= 8 ? 0.1 : 0.1 + (0.9 * (1 + Math.Cos(n * Math.PI / 8)) / 2);
            Assert.Equal(expected, decay.FactorAt(n), 1e-12);
        }
    }
}

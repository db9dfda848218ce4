using Streaming.Training.Optimization;

namespace Streaming.Training.Tests.Optimization;

public sealed class RateScheduleTests
{
    private static readonly ScheduleOptions Options = new()
    {
        WarmUpUpdates = 0,
        RunUpdates = 8,
        FinalShare = 0.1,
        StepUpdates = 3,
        StepFactor = 0.5,
    };

    public static TheoryData<ScheduleKind> Kinds => [.. Enum.GetValues<ScheduleKind>()];

    [Fact]
    public void ShareAt_WarmUp_RisesLinearlyToOne()
    {
        var schedule = new RateSchedule(Options with { Kind = ScheduleKind.Constant, WarmUpUpdates = 4 });

        Assert.Equal([0.25, 0.5, 0.75, 1, 1, 1], Enumerable.Range(0, 6).Select(schedule.ShareAt));
    }

    [Fact]
    public void ShareAt_Cosine_FollowsTheFormulaAndStaysAtTheEnd() =>
        AssertFollows(
            ScheduleKind.Cosine, n => n >= 8 ? 0.1 : 0.1 + (0.9 * (1 + Math.Cos(n * Math.PI / 8)) / 2), 5e-8);

    [Fact]
    public void ShareAt_Step_HalvesAfterEachThree() => AssertFollows(ScheduleKind.Step, n => 1 / (double)(1 << (n / 3)));

    [Fact]
    public void ShareAt_Exponential_FallsByOneFactorAndStaysAtTheEnd() =>
        AssertFollows(ScheduleKind.Exponential, n => Math.Exp(Math.Min(n, 8) * Math.Log(0.1) / 8));

    [Fact]
    public void ShareAt_Cyclical_IsATriangle()
    {
        double[] cycle = [0.1, 0.4, 0.7, 1, 0.7, 0.4];

        AssertFollows(ScheduleKind.Cyclical, n => cycle[n % 6]);
    }

    [Fact]
    public void ShareAt_LongExponentialRun_EndsAtTheFinalShare()
    {
        var schedule = new RateSchedule(
            Options with { Kind = ScheduleKind.Exponential, RunUpdates = 1_000_000, FinalShare = 0.01 });

        Assert.Equal(0.1, schedule.ShareAt(500_000), 1e-9);
        Assert.Equal(0.01, schedule.ShareAt(1_000_000), 1e-9);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void ShareAt_WarmUpAndDecay_Multiply(ScheduleKind kind)
    {
        var warm = new RateSchedule(Options with { Kind = kind, WarmUpUpdates = 5 });
        var cold = new RateSchedule(Options with { Kind = kind });

        for (int n = 0; n < 20; n++)
        {
            Assert.Equal(cold.ShareAt(n) * Math.Min(1, (n + 1) / 5.0), warm.ShareAt(n), 1e-15);
        }
    }

    private static void AssertFollows(ScheduleKind kind, Func<int, double> formula, double tolerance = 1e-12)
    {
        var schedule = new RateSchedule(Options with { Kind = kind });
        for (int n = 0; n < 20; n++)
        {
            Assert.Equal(formula(n), schedule.ShareAt(n), tolerance);
        }
    }
}

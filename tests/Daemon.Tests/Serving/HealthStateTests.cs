using Microsoft.Extensions.Time.Testing;
using Streaming.Daemon.Serving;

namespace Daemon.Tests.Serving;

public sealed class HealthStateTests
{
    private readonly FakeTimeProvider clock = new();
    private readonly HealthState health;

    public HealthStateTests() => health = new(clock);

    public static TheoryData<string, bool, bool> Reports() => new()
    {
        { "joining", true, false },
        { "waiting", true, false },
        { "restoring", true, false },
        { "running", true, true },
        { "failed", false, false },
    };

    [Theory, MemberData(nameof(Reports))]
    public void Report_EachPhase_IsJudged(string phase, bool live, bool ready)
    {
        health.Lane(0).Running();
        Report(health.Lane(1), phase);

        Assert.Equal((live, ready), (health.Live().Ok, health.Ready().Ok));
        Assert.Equal(ready, health.Ready().Reasons.Count == 0);
        Assert.All(health.Ready().Reasons, reason => Assert.StartsWith("lane 1: ", reason, StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Reports))]
    public void Report_SilentPastTheLimit_IsNotLiveInAnyPhase(string phase, bool live, bool ready)
    {
        Report(health.Lane(0), phase);

        clock.Advance(HealthState.StallLimit);
        Assert.Equal((live, ready), (health.Live().Ok, health.Ready().Ok));

        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal((false, false), (health.Live().Ok, health.Ready().Ok));
    }

    [Fact]
    public void Beat_KeepsALaneAliveAndItsPhase()
    {
        health.Lane(0).Restoring(7);
        for (int i = 0; i < 10; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(59));
            health.Lane(0).Beat();
        }

        Assert.True(health.Live().Ok);
        Assert.Equal(["lane 0: restoring partition 7"], health.Ready().Reasons);
    }

    [Fact]
    public void Restoring_AnotherPartition_IsNamed()
    {
        health.Lane(0).Restoring(1);
        health.Lane(0).Restoring(2);
        Assert.Equal(["lane 0: restoring partition 2"], health.Ready().Reasons);

        health.Lane(0).Running();
        health.Lane(0).Restoring(2);
        Assert.Equal(["lane 0: restoring partition 2"], health.Ready().Reasons);
    }

    [Fact]
    public void Ready_NoLaneYet_IsLiveButNotReady()
    {
        Assert.True(health.Live().Ok);
        Assert.Equal(["no lane has started"], health.Ready().Reasons);
        Assert.False(health.Ready().Ok);
    }

    [Fact]
    public void Failures_NamesFailedLanesAlone()
    {
        health.Lane(0).Running();
        health.Lane(2).Failed("b");
        health.Lane(1).Failed("a");
        clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(["lane 1: failed: a", "lane 2: failed: b"], health.Failures());
    }

    private static void Report(LaneHealth lane, string phase)
    {
        Action report = phase switch
        {
            "joining" => lane.Joining,
            "waiting" => () => lane.Waiting("no broker answers"),
            "restoring" => () => lane.Restoring(3),
            "running" => lane.Running,
            _ => () => lane.Failed("broken"),
        };
        report();
    }
}

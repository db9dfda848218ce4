using Streaming.Daemon.Tuning;

namespace Daemon.Tests.Tuning;

public sealed class DecisionLogTests
{
    [Fact]
    public void Add_MoreThanItKeeps_ForgetsTheOldest()
    {
        var log = new DecisionLog();
        for (int n = 0; n < DecisionLog.Capacity + 3; n++)
        {
            log.Add(new(DateTimeOffset.UnixEpoch.AddSeconds(n), "dropped", "lstm@1", "no clear gain", null, null, n));
        }

        IReadOnlyList<TuningDecision> recent = log.Recent();

        Assert.Equal(DecisionLog.Capacity, recent.Count);
        Assert.Equal(Enumerable.Range(3, DecisionLog.Capacity).Reverse(), recent.Select(decision => decision.Updates));
    }
}

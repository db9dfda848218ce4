using Daemon.Tests.Pipeline;
using Streaming.Daemon.Tuning;

namespace Daemon.Tests.Tuning;

public sealed class TrainerSeatTests
{
    [Fact]
    public void Term_TakenAndLeft_IsANewOneEachTime()
    {
        var seat = new TrainerSeat();
        Assert.Equal(0, seat.Term);

        long first = seat.Take();
        Assert.Equal(first, seat.Term);
        seat.Leave(first);
        Assert.Equal(0, seat.Term);

        Assert.NotEqual(first, seat.Take());
    }

    /// <summary>One lane hears late that it has lost what another of the process has been given.</summary>
    [Fact]
    public void Leave_AnotherLaneHasTakenIt_ChangesNothing()
    {
        var seat = new TrainerSeat();
        long late = seat.Take(), current = seat.Take();

        seat.Leave(late);

        Assert.Equal(current, seat.Term);
    }

    [Fact]
    public void Term_OfALane_LastsAsLongAsItHoldsThePartition()
    {
        var broker = new MemoryBroker(2);
        using var pod = new Pod(broker, Pod.SmallOptions());
        var terms = new List<long>();
        pod.Run(poll =>
        {
            terms.Add(pod.Seat.Term);
            switch (poll)
            {
                case 0: pod.Port.Assign(1); break;
                case 1: pod.Port.Assign(0); break;
                case 2: pod.Port.Revoke(1); break;
                case 3: pod.Port.Lose(0); break;
                case 4: pod.Port.Assign(0); break;
                case 6: pod.Stop(); break; // its state is read back meanwhile
            }
        });

        Assert.Equal([0, 0, 1, 1, 0, 0, 2], terms);
    }
}

using Streaming.Training.Threads;

namespace Streaming.Training.Tests.Threads;

public sealed class WorkerTeamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Run_ManyRounds_CallsEachWorkerOnceARound(int workers)
    {
        using var team = new WorkerTeam(workers);
        int[] calls = new int[workers];

        for (int round = 1; round <= 1_000; round++)
        {
            team.Run(worker => calls[worker]++);

            Assert.All(calls, count => Assert.Equal(round, count));
        }
    }

    [Fact]
    public void Run_AfterWorkersWentToSleep_WakesThem()
    {
        using var team = new WorkerTeam(3);
        int calls = 0;

        for (int round = 0; round < 5; round++)
        {
            Thread.Sleep(20);
            team.Run(_ => Interlocked.Increment(ref calls));
        }

        Assert.Equal(15, calls);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Run_WorkerThatFails_ThrowsItsExceptionOnceAllHaveEndedAndGoesOn(int failing)
    {
        using var team = new WorkerTeam(3);
        int ended = 0;

        var thrown = Assert.Throws<InvalidOperationException>(() => team.Run(worker =>
        {
            if (worker == failing)
            {
                throw new InvalidOperationException($"{worker}");
            }

            Thread.Sleep(5);
            Interlocked.Increment(ref ended);
        }));
        team.Run(_ => Interlocked.Increment(ref ended));

        Assert.Equal($"{failing}", thrown.Message);
        Assert.Equal(5, ended);
    }

    [Fact]
    public void Run_OnceWarm_AllocatesNothing()
    {
        using var team = new WorkerTeam(2);
        int calls = 0;
        Action<int> work = _ => Interlocked.Increment(ref calls);

        Assert.Equal(0, Allocation.Least(() => team.Run(work)));
    }

    [Fact]
    public void Dispose_Twice_EndsTheThreadsAndRefusesWork()
    {
        var team = new WorkerTeam(3);
        Thread?[] workers = new Thread?[3];
        team.Run(worker => workers[worker] = Thread.CurrentThread);

        team.Dispose();
        team.Dispose();

        Assert.False(workers[1]!.IsAlive || workers[2]!.IsAlive);
        Assert.Throws<ObjectDisposedException>(() => team.Run(_ => { }));
    }
}

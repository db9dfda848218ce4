using Simulation.Log;

namespace Simulation.Tests;

public sealed class GroupCoordinatorTests
{
    private readonly GroupCoordinator group = new(new SeededRandom(1)) { PartitionCount = 4 };
    private long nowMs;

    [Fact]
    public void Tick_SecondMemberJoins_GetsPartitionsOnlyOnceTheyAreGivenUp()
    {
        Client a = Join(), b = Join();
        Settle();
        Assert.Equal(0u, a.Held & b.Assigned);

        a.GiveUp();
        group.Prepare();
        Settle();

        Assert.Equal((2, 2), (Count(a.Assigned), Count(b.Assigned)));
        Assert.Equal(0b1111u, a.Assigned | b.Assigned);
    }

    [Fact]
    public void Tick_MemberStandsStill_IsExpelledAfterTheSession()
    {
        Client a = Join(), b = Join();
        Settle();
        a.IsRunning = false;
        nowMs += group.SessionMs + 1;
        Settle();

        Assert.Equal(0b1111u, b.Assigned);
        a.IsRunning = true;
        Settle();
        Assert.True(a.WasExpelled);
    }

    [Fact]
    public void Tick_StaticMemberComesBack_KeepsGenerationAndPartitionsUnderANewId()
    {
        Client a = Join("a");
        Settle();
        (int generation, int member) = (group.Generation, a.Member!.Id);
        a.IsRunning = false;

        Client again = Join("a");
        Settle();

        Assert.Equal((generation, 0b1111u), (group.Generation, again.Assigned));
        Assert.NotEqual(member, again.Member!.Id);
        Assert.Equal(GroupAnswer.FencedInstance, group.Validate(member, generation, "a", isTransactional: true));
        Assert.Equal(GroupAnswer.Ok, group.Validate(again.Member.Id, generation, "a", isTransactional: true));
        a.IsRunning = true;
        Settle();
        Assert.True(a.WasReplaced);
    }

    /// <summary>As in Kafka; ports must not let it come to that.</summary>
    [Fact]
    public void Validate_NobodyInATransaction_IsNotAsked()
    {
        Client a = Join();
        Settle();

        Assert.Equal(GroupAnswer.Ok, group.Validate(0, -1, null, isTransactional: true));
        Assert.Equal(GroupAnswer.UnknownMember, group.Validate(0, -1, null, isTransactional: false));
        Assert.Equal(
            GroupAnswer.IllegalGeneration,
            group.Validate(a.Member!.Id, group.Generation - 1, null, isTransactional: true));
    }

    private static int Count(uint set) => System.Numerics.BitOperations.PopCount(set);

    private Client Join(string? instanceId = null)
    {
        var client = new Client(instanceId);
        group.Subscribe(client);
        Settle();
        client.TakeAssigned();
        return client;
    }

    private void Settle()
    {
        for (int i = 0; i < 6; i++)
        {
            group.Tick(nowMs, () => false);
        }
    }

    /// <summary>A client that does nothing by itself.</summary>
    private sealed class Client(string? instanceId) : IGroupClient
    {
        public bool IsRunning { get; set; } = true;

        public string? InstanceId => instanceId;

        public uint Held { get; private set; }

        public uint Assigned { get; private set; }

        public bool HasUnserved => false;

        public SimulatedMember? Member { get; set; }

        public bool WasExpelled { get; private set; }

        public bool WasReplaced { get; private set; }

        public void Sync(int generation, uint assigned) => Assigned = assigned;

        public void Expelled() => WasExpelled = true;

        public void Replaced() => WasReplaced = true;

        /// <summary>Holds what it is assigned.</summary>
        public void TakeAssigned() => Held = Assigned;

        /// <summary>Holds no more than it is assigned.</summary>
        public void GiveUp() => Held &= Assigned;
    }
}

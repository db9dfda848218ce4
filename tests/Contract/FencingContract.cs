using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;

namespace Streaming.Contract;

/// <summary>Those who are no longer who they were can't write any more.</summary>
public abstract class FencingContract : PortContract
{
    [TransactionFact]
    public void InitTransactions_SameIdElsewhere_FencesTheFirstAndAbortsItsTransaction()
    {
        string topic = Bed.CreateTopic(1);
        IKafkaPort zombie = Open("a");
        zombie.BeginTransaction();
        Produce(zombie, topic, 0, "zombie");
        Flush(zombie);

        IKafkaPort next = Open("a");
        var thrown = Assert.Throws<KafkaPortException>(() => Commit(zombie));
        Assert.True(thrown is { Fatal: true, Retriable: false, Abortable: false }, $"{thrown}");

        next.BeginTransaction();
        Produce(next, topic, 0, "next");
        Commit(next);
        using ContractReader reader = new ContractReader(next, topic).Open(0);
        long end = next.Watermarks(topic, 0, Patience).High;
        Until(() => reader.Reader.Position(0) == end, reader.Poll);
        Assert.Equal(["next"], reader.Values);
    }

    [TransactionFact]
    public void BeginTransaction_SameIdElsewhere_TheFirstFailsFatallyWhateverItDoesNext()
    {
        string topic = Bed.CreateTopic(1);
        ContractMember zombie = new ContractMember(Open("a")).Join(topic);
        Until(() => zombie.Held.Count > 0, zombie.Poll);
        Open("a");

        var thrown = Assert.Throws<KafkaPortException>(() =>
        {
            zombie.Port.BeginTransaction();
            zombie.Port.SendOffsets([new(0, 5)], Patience);
            Commit(zombie.Port);
        });

        Assert.True(thrown.Fatal, $"{thrown}");
        Assert.True(Assert.Throws<KafkaPortException>(zombie.Port.BeginTransaction).Fatal);
        Assert.Equal([null], Committed(Onlooker(topic), 0));
    }

    /// <summary>A broker would take a stranger's offsets: only a member's are checked, and against the generation
    /// only.</summary>
    [TransactionFact]
    public void SendOffsets_NothingAssignedYet_IsAbortable()
    {
        string topic = Bed.CreateTopic(1);
        ContractMember holder = new ContractMember(Open("a")).Join(topic);
        Until(() => holder.Held.Count > 0, holder.Poll);

        IKafkaPort stranger = Open("b");
        stranger.BeginTransaction();
        new ContractMember(stranger).Join(topic);
        var thrown = Assert.Throws<KafkaPortException>(() => stranger.SendOffsets([new(0, 5)], Patience));

        Assert.True(thrown is { Abortable: true, Fatal: false, Retriable: false }, $"{thrown}");
        Abort(stranger);
        Assert.Equal([null], Committed(holder.Port, 0));
    }

    [TransactionFact]
    public void SendOffsets_ThrownOutOfTheGroup_IsAbortableAndThePartitionsAreLost()
    {
        string topic = Bed.CreateTopic(2);
        ContractMember silent = new ContractMember(
            Open(new PortIdentity(Application, "a") { MustPoll = true }), "a").Join(topic);
        Until(() => silent.Held.Count == 2, silent.Poll);
        silent.Port.BeginTransaction();
        Produce(silent.Port, topic, 0, "late");
        Flush(silent.Port);

        ContractMember heir = new ContractMember(Open("b"), "b").Join(topic);
        Until(() => heir.Held.Count == 2, heir.Poll);
        var thrown = Assert.Throws<KafkaPortException>(
            () => Again(() => silent.Port.SendOffsets([new(0, 1)], Patience)));

        Assert.True(thrown is { Abortable: true, Fatal: false, Retriable: false }, $"{thrown}");
        Abort(silent.Port);
        Until(() => silent.Log.Contains("a!0"), silent.Poll);
        Assert.DoesNotContain("a-0", silent.Log);
        Assert.Equal([null, null], Committed(heir.Port, 0, 1));

        // It may come back, and its transactions work again.
        Until(() => silent.Held.Count == 1 && heir.Held.Count == 1, () =>
        {
            silent.Poll();
            heir.Poll();
        });
        silent.Port.BeginTransaction();
        silent.Port.SendOffsets([new(silent.Held.Min, 1)], Patience);
        Commit(silent.Port);
    }

    [TransactionFact]
    public void SendOffsets_StaticMemberReplaced_IsRefusedForGood()
    {
        string topic = Bed.CreateTopic(1);
        var identity = new PortIdentity(Application, "a") { IsStatic = true };
        ContractMember zombie = new ContractMember(Open(identity)).Join(topic);
        Until(() => zombie.Held.Count == 1, zombie.Poll);
        zombie.Port.BeginTransaction();

        // As its own next life, which however does not touch its transactions yet.
        ContractMember next = new ContractMember(Bed.Open(identity)).Join(topic);
        Until(() => next.Held.Count == 1, next.Poll);
        var thrown = Assert.Throws<KafkaPortException>(
            () => Again(() => zombie.Port.SendOffsets([new(0, 5)], Patience)));

        Assert.True(thrown.Abortable || thrown.Fatal, $"{thrown}");
        Assert.Equal([null], Committed(next.Port, 0));
    }

    /// <summary>What a crashed instance left open does not stay in the way for ever.</summary>
    [TransactionFact]
    public void CommitTransaction_AfterTheTimeOut_FailsForGoodAndNothingIsSeen()
    {
        string topic = Bed.CreateTopic(1);
        IKafkaPort slow = Open(new PortIdentity(Application, "a") { TransactionTimeout = TimeSpan.FromSeconds(1) });
        slow.BeginTransaction();
        Produce(slow, topic, 0, "late");
        Flush(slow);
        using ContractReader reader = new ContractReader(OpenOutsider(), topic).Open(0);
        Until(() => reader.Reader.Position(0) == 2, reader.Poll);

        var thrown = Assert.Throws<KafkaPortException>(() => Commit(slow));

        Assert.True(thrown is { Retriable: false } && (thrown.Fatal || thrown.Abortable), $"{thrown}");
        Assert.Empty(reader.Records);
    }

    /// <summary>A port of the group that does not join it, though subscribed, as it is never polled.</summary>
    private IKafkaPort Onlooker(string topic) => new ContractMember(Bed.Open(
        new PortIdentity(Application, "onlooker") { Delivery = DeliveryMode.AtLeastOnce })).Join(topic).Port;
}

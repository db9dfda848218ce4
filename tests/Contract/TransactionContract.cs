using Streaming.Daemon.Kafka;

namespace Streaming.Contract;

/// <summary>What of a transaction is seen, and when.</summary>
public abstract class TransactionContract : PortContract
{
    [TransactionFact]
    public void CommitTransaction_SeveralTopics_AreSeenThenAndNotBefore()
    {
        string first = Bed.CreateTopic(2), second = Bed.CreateTopic(1);
        IKafkaPort port = Open("a");
        using ContractReader firsts = new ContractReader(port, first).Open(0).Open(1);
        using ContractReader seconds = new ContractReader(port, second).Open(0);
        port.BeginTransaction();
        Produce(port, first, 0, "a");
        Produce(port, first, 1, "b");
        Produce(port, second, 0, "c");
        Flush(port);
        Until(() => firsts.Ends.Count == 2 && seconds.Ends.Count == 1, PollBoth);
        Assert.Empty(firsts.Records.Concat(seconds.Records));

        Commit(port);
        Until(() => firsts.Records.Count == 2 && seconds.Records.Count == 1, PollBoth);

        Assert.Equal(["a", "b"], firsts.Values.Order());
        Assert.Equal(["c"], seconds.Values);

        void PollBoth()
        {
            firsts.Poll();
            seconds.Poll();
        }
    }

    [TransactionFact]
    public void AbortTransaction_ThenTheSameAgain_IsSeenOnce()
    {
        string topic = Bed.CreateTopic(1);
        IKafkaPort port = Open("a");
        using ContractReader reader = new ContractReader(port, topic).Open(0);
        port.BeginTransaction();
        Produce(port, topic, 0, "x");
        Flush(port);
        Produce(port, topic, 0, "y"); // still waits to be sent, perhaps
        Abort(port);
        Flush(port);

        port.BeginTransaction();
        Produce(port, topic, 0, "x", "y");
        Commit(port);
        long end = port.Watermarks(topic, 0, Patience).High;
        Until(() => reader.Reader.Position(0) == end, reader.Poll);

        Assert.Equal(["x", "y"], reader.Values);
    }

    [TransactionFact]
    public void CommitTransaction_NothingInIt_Succeeds()
    {
        IKafkaPort port = Open("a");
        port.BeginTransaction();
        Commit(port);
        port.BeginTransaction();
        Abort(port);
    }

    [TransactionFact]
    public void SendOffsets_Committed_AppearWithTheRecordsAndTheirNotes()
    {
        string topic = Bed.CreateTopic(2);
        ContractMember member = JoinAlone(topic);
        member.Port.BeginTransaction();
        member.Port.SendOffsets([new(0, 5, BegunWith: 3), new(1, 7)], Patience);
        Commit(member.Port);

        Assert.Equal([new PartitionOffset(0, 5, BegunWith: 3), new(1, 7)], Committed(member.Port, 0, 1));
    }

    [TransactionFact]
    public void SendOffsets_Aborted_NeverAppear()
    {
        string topic = Bed.CreateTopic(1);
        ContractMember member = JoinAlone(topic);
        member.Port.BeginTransaction();
        member.Port.SendOffsets([new(0, 5)], Patience);
        Commit(member.Port);
        member.Port.BeginTransaction();
        member.Port.SendOffsets([new(0, 9)], Patience);
        Abort(member.Port);

        Assert.Equal([new PartitionOffset(0, 5)], Committed(member.Port, 0));
    }

    /// <summary>The group moves on in the background; whose partitions they are has not changed.</summary>
    [TransactionFact]
    public void SendOffsets_GroupRebalancesMeanwhile_IsInTheNameOfTheNewGeneration()
    {
        string topic = Bed.CreateTopic(2);
        ContractMember member = JoinAlone(topic);
        member.Port.BeginTransaction();
        bool hasJoined = false;
        ContractMember second = new ContractMember(Open("b")) { Assigning = _ => hasJoined = true }.Join(topic);
        Until(() => hasJoined, second.Poll);

        Again(() => member.Port.SendOffsets([new(0, 5), new(1, 7)], Patience));
        Commit(member.Port);

        Assert.Equal([new PartitionOffset(0, 5), new(1, 7)], Committed(member.Port, 0, 1));
        Assert.Equal(2, member.Held.Count);
    }

    [TransactionFact]
    public void Committed_OffsetsPending_IsRetriableUntilTheyAreDecided()
    {
        string topic = Bed.CreateTopic(2);
        ContractMember member = JoinAlone(topic);
        member.Port.BeginTransaction();
        member.Port.SendOffsets([new(0, 5)], Patience);

        var thrown = Assert.Throws<KafkaPortException>(
            () => member.Port.Committed([0, 1], TimeSpan.FromSeconds(1)));
        Assert.True(thrown is { Retriable: true, Abortable: false, Fatal: false }, $"{thrown}");

        Commit(member.Port);
        Assert.Equal([new PartitionOffset(0, 5), null], Committed(member.Port, 0, 1));
    }

    /// <summary>A time-out says nothing about the outcome; calling again leads to it, and to one commit.</summary>
    [TransactionFact]
    public void CommitTransaction_TooLittleTime_SucceedsOnceWhenCalledAgain()
    {
        string topic = Bed.CreateTopic(1);
        ContractMember member = JoinAlone(topic);
        for (int round = 1; round <= 20; round++)
        {
            member.Port.BeginTransaction();
            Produce(member.Port, topic, 0, $"{round}");
            member.Port.SendOffsets([new(0, round)], Patience);
            var littleTime = TimeSpan.FromMilliseconds(round);
            Again(() => member.Port.CommitTransaction(littleTime));
        }

        using ContractReader reader = new ContractReader(member.Port, topic).Open(0);
        long end = member.Port.Watermarks(topic, 0, Patience).High;
        Until(() => reader.Reader.Position(0) == end, reader.Poll);
        Assert.Equal(Enumerable.Range(1, 20).Select(round => $"{round}"), reader.Values);
        Assert.Equal([new PartitionOffset(0, 20)], Committed(member.Port, 0));
    }

    /// <summary>Joined, and holding all partitions of the topic.</summary>
    private ContractMember JoinAlone(string topic)
    {
        ContractMember member = new ContractMember(Open("a")).Join(topic);
        Until(() => member.Held.Count > 0, member.Poll);
        return member;
    }
}

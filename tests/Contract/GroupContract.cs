using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;

namespace Streaming.Contract;

/// <summary>Membership, delivery and plain commits.</summary>
public abstract class GroupContract : PortContract
{
    private const int Partitions = 4;

    [Fact]
    public void Poll_PausedSoughtAndResumed_DeliversFromThere()
    {
        string topic = Bed.CreateTopic(2);
        Write(OpenOutsider(), topic, 0, count: 200);
        var member = new ContractMember(Plain("a"));
        member.Assigning = partitions => member.Port.Pause(1);
        member.Join(topic);
        Until(() => member.Records.Count >= 64, member.Poll);

        // What was fetched ahead must not follow the seek.
        member.Port.Seek(0, 150);
        member.Records.Clear();
        Until(() => member.Records.Count >= 50, member.Poll);
        Assert.Equal(Numbers(150, 50), member.Offsets(0));

        member.Port.Pause(0);
        member.Port.Seek(0, 10);
        member.Records.Clear();
        for (int i = 0; i < 20; i++)
        {
            member.Poll();
        }

        Assert.Empty(member.Records);
        member.Port.Resume(0);
        Until(() => member.Records.Count >= 190, member.Poll);
        Assert.Equal(Numbers(10, 190), member.Offsets(0));
    }

    [Fact]
    public void Poll_LogReadToItsEnd_SaysSoOnceForEachEnd()
    {
        string topic = Bed.CreateTopic(1);
        IKafkaPort outsider = OpenOutsider();
        Write(outsider, topic, 0, count: 3);
        ContractMember member = new ContractMember(Plain("a")).Join(topic);
        Until(() => member.Ends.Count > 0, member.Poll);
        for (int i = 0; i < 20; i++)
        {
            member.Poll();
        }

        Write(outsider, topic, 0, count: 2, from: 3);
        Until(() => member.Ends.Count > 1, member.Poll);

        Assert.Equal([new PartitionOffset(0, 3), new(0, 5)], member.Ends);
        Assert.Equal(Numbers(0, 5), member.Offsets(0));
    }

    [TransactionFact]
    public void Poll_LogCutAboveThePosition_SaysSoAndReadsTheOthers()
    {
        string topic = Bed.CreateTopic(2);
        IKafkaPort outsider = OpenOutsider();
        Write(outsider, topic, 0, count: 10);
        Write(outsider, topic, 1, count: 10);
        var member = new ContractMember(Open("a"));
        member.Assigning = _ => member.Port.Pause(0);
        member.Join(topic);
        Until(() => member.Offsets(1).Count() == 10, member.Poll);
        Bed.Cut(topic, 0, first: 6);
        member.Port.Resume(0);
        KafkaPortException? thrown = null;

        Until(() => thrown is not null, () => thrown = Record.Exception(member.Poll) as KafkaPortException);
        Write(outsider, topic, 1, count: 1);
        Until(() => member.Offsets(1).Count() == 11, member.Poll);

        Assert.True(thrown is { Fatal: false, Retriable: false, Abortable: false }, $"{thrown}");
        Assert.Contains($"Topic '{topic}', partition 0", thrown.Message, StringComparison.Ordinal);
        Assert.Empty(member.Offsets(0));
    }

    [Fact]
    public void Commit_PlaceWithNote_IsFoundByTheNextMember()
    {
        string topic = Bed.CreateTopic(2);
        ContractMember first = new ContractMember(Plain("a")).Join(topic);
        Until(() => first.Held.Count == 2, first.Poll);
        Assert.Equal([null, null], Committed(first.Port, 0, 1));

        first.Port.Commit([new(0, 4, BegunWith: 2), new(1, 10)]);
        first.Port.Close();

        ContractMember next = new ContractMember(Plain("b")).Join(topic);
        Assert.Equal([new PartitionOffset(1, 10), new(0, 4, BegunWith: 2)], Committed(next.Port, 1, 0));
    }

    [Fact]
    public void Poll_MemberJoinsAndLeaves_PartitionsHaveOneOwnerAtATime()
    {
        string topic = Bed.CreateTopic(Partitions);
        IKafkaPort outsider = OpenOutsider();
        var log = new List<string>();
        ContractMember a = new ContractMember(Plain("a"), "a", log).Join(topic);
        Until(() => a.Held.Count == Partitions, a.Poll);
        ContractMember b = new ContractMember(Plain("b"), "b", log).Join(topic);

        // While a is told to give up partitions, b has every chance to take them too early.
        a.Revoking = _ => Enumerable.Range(0, 50).ToList().ForEach(_ => b.Poll());
        Until(() => b.Held.Count == Partitions / 2, () =>
        {
            // More than a batch holds, so that a rebalance overtakes records that wait; Poll checks whose they are.
            for (int partition = 0; partition < Partitions; partition++)
            {
                Write(outsider, topic, partition, count: 100);
            }

            a.Poll();
            b.Poll();
        });
        a.Revoking = _ => { };
        b.Port.Close();
        Until(() => a.Held.Count == Partitions, a.Poll);

        AssertOneOwner(log);
        Assert.DoesNotContain(log, line => line[1] == '!');
    }

    [Fact]
    public void CommitTransaction_BrokersStall_IsRetriableAndSucceedsWhenCalledAgain()
    {
        string topic = Bed.CreateTopic(1);
        IKafkaPort port = Open("a");
        port.BeginTransaction();
        Produce(port, topic, 0, "x");
        Flush(port);
        using (IDisposable? stall = Bed.Stall())
        {
            if (stall is not null)
            {
                for (int i = 0; i < 3; i++)
                {
                    var thrown = Assert.Throws<KafkaPortException>(
                        () => port.CommitTransaction(TimeSpan.FromMilliseconds(300)));
                    Assert.True(thrown is { Retriable: true, Abortable: false, Fatal: false }, $"{thrown}");
                }
            }
        }

        Commit(port);
        using ContractReader reader = new ContractReader(port, topic).Open(0);
        Until(() => reader.Records.Count > 0, reader.Poll);
        Assert.Equal(["x"], reader.Values);
        port.BeginTransaction();
        Abort(port);
    }

    private IKafkaPort Plain(string instance) =>
        Open(new PortIdentity(Application, instance) { Delivery = DeliveryMode.AtLeastOnce });

    private static IEnumerable<long> Numbers(int from, int count) =>
        Enumerable.Range(from, count).Select(i => (long)i);

    /// <summary>No partition is assigned to anyone while someone holds it.</summary>
    private static void AssertOneOwner(List<string> log)
    {
        var owners = new Dictionary<string, char>();
        foreach (string line in log)
        {
            string partition = line[2..];
            if (line[1] == '+')
            {
                Assert.True(owners.TryAdd(partition, line[0]), string.Join(' ', log));
            }
            else
            {
                Assert.True(owners.Remove(partition, out char owner) && owner == line[0], string.Join(' ', log));
            }
        }
    }
}

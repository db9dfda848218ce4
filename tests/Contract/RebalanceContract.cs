using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;

namespace Streaming.Contract;

/// <summary>Transactions while the group rebalances: what is read is written once, in order.</summary>
public abstract class RebalanceContract : PortContract
{
    private const int Partitions = 6;
    private const int Records = 600;

    private readonly List<string> log = [];

    [TransactionTheory, InlineData(true), InlineData(false)]
    public void Poll_MembersComeAndGo_EachRecordIsCopiedOnceInOrder(bool isStatic)
    {
        (string input, string output) = (Bed.CreateTopic(Partitions), Bed.CreateTopic(Partitions));
        IKafkaPort outsider = OpenOutsider();
        CommitStart(input);
        int written = 0;
        ContractCopier a = Join("a", isStatic, input, output);
        Until(() => a.Member.Held.Count == Partitions, a.Poll);
        WriteMore();
        ContractCopier b = Join("b", isStatic, input, output);
        Until(() => b.Member.Held.Count == Partitions / 2, () => PollAll(a, b));
        WriteMore();
        ContractCopier c = Join("c", isStatic, input, output);
        Until(() => c.Member.Held.Count == Partitions / 3, () => PollAll(a, b, c));
        WriteMore();
        Until(() => c.Member.Records.Count > 100, () => PollAll(a, b, c));
        b.Member.Port.Close();
        Until(() => a.Member.Held.Count + c.Member.Held.Count == Partitions, () => PollAll(a, c));
        WriteMore();
        Until(() => a.Commit() && c.Commit() && IsCopied(a, written), () => PollAll(a, c));

        AssertCopied(output, written);

        void WriteMore()
        {
            for (int partition = 0; partition < Partitions; partition++)
            {
                Write(outsider, input, partition, Records / Partitions, from: written);
            }

            written += Records / Partitions;
        }
    }

    /// <summary>A member is silent for so long that others take over, and comes back in the midst of its
    /// transaction.</summary>
    [TransactionTheory]
    [InlineData(false, false), InlineData(false, true), InlineData(true, false), InlineData(true, true)]
    public void Poll_MemberIsSilentWithATransactionOpen_EachRecordIsCopiedOnceInOrder(
        bool hasSentOffsets, bool isStatic)
    {
        (string input, string output) = (Bed.CreateTopic(Partitions), Bed.CreateTopic(Partitions));
        IKafkaPort outsider = OpenOutsider();
        for (int partition = 0; partition < Partitions; partition++)
        {
            Write(outsider, input, partition, count: 100);
        }

        CommitStart(input);
        var identity = new PortIdentity(Application, "a")
        {
            MustPoll = true,
            IsStatic = isStatic,
            TransactionTimeout = TimeSpan.FromSeconds(60),
        };
        var silent = new ContractCopier(Open(identity), "a", log, input, output);
        Until(() => silent.Member.Records.Count > 0, silent.Poll);
        silent.Member.Port.Flush(Patience);
        if (hasSentOffsets)
        {
            silent.SendOffsets();
        }

        ContractCopier heir = Join("b", isStatic: false, input, output);
        Until(() => heir.Member.Held.Count == Partitions, heir.Poll);
        Assert.Equal(hasSentOffsets, silent.Commit());
        Until(() => silent.Commit() && heir.Commit() && IsCopied(heir, 100), () => PollAll(silent, heir));

        AssertCopied(output, 100);
        Assert.All(
            Enumerable.Range(0, Partitions),
            partition => Assert.True(
                log.Contains($"a!{partition}") && !log.Contains($"a-{partition}"), string.Join(' ', log)));
    }

    /// <summary>Thrown out with a rebalance unanswered, and let in again as the only one: what a client library believes
    /// to have held all the while was another's in the meantime.</summary>
    [TransactionTheory, InlineData(true), InlineData(false)]
    public void Poll_ThrownOutAndLetInAgain_AllIsLostThenAssignedAndReadAnew(bool isStatic)
    {
        string topic = Bed.CreateTopic(Partitions);
        IKafkaPort outsider = OpenOutsider();
        for (int partition = 0; partition < Partitions; partition++)
        {
            Write(outsider, topic, partition, count: 10);
        }

        var identity = new PortIdentity(Application, "a") { MustPoll = true, IsStatic = isStatic };
        ContractMember silent = new ContractMember(Open(identity), "a", log).Join(topic);
        Until(() => silent.Records.Count == 10 * Partitions, silent.Poll);
        ContractMember heir = new ContractMember(Open("b"), "b").Join(topic);
        Until(() => heir.Held.Count == Partitions, heir.Poll);
        heir.Port.Close();
        silent.Records.Clear();
        Until(() => silent.Records.Count == 10 * Partitions, silent.Poll);

        for (int partition = 0; partition < Partitions; partition++)
        {
            Assert.Equal(Enumerable.Range(0, 10).Select(i => (long)i), silent.Offsets(partition));
            Assert.Equal(
                [$"a+{partition}", $"a!{partition}", $"a+{partition}"],
                log.Where(line => line.EndsWith($"{partition}", StringComparison.Ordinal)));
        }
    }

    /// <summary>The group begins at the logs' first records.</summary>
    private void CommitStart(string input)
    {
        var identity = new PortIdentity(Application, "founder") { Delivery = DeliveryMode.AtLeastOnce };
        ContractMember founder = new ContractMember(Open(identity)).Join(input);
        Until(() => founder.Held.Count == Partitions, founder.Poll);
        founder.Port.Commit([.. Enumerable.Range(0, Partitions).Select(partition => new PartitionOffset(partition, 0))]);
        founder.Port.Close();
    }

    private ContractCopier Join(string name, bool isStatic, string input, string output) => new(
        Open(new PortIdentity(Application, name) { IsStatic = isStatic }), name, log, input, output);

    private static bool IsCopied(ContractCopier copier, int each) =>
        Committed(copier.Member.Port, [.. Enumerable.Range(0, Partitions)]).All(place => place?.Offset == each);

    private static void PollAll(params ContractCopier[] copiers)
    {
        foreach (ContractCopier copier in copiers)
        {
            copier.Poll();
        }
    }

    private void AssertCopied(string output, int each)
    {
        using ContractReader reader = new(OpenOutsider(), output);
        for (int partition = 0; partition < Partitions; partition++)
        {
            reader.Open(partition);
        }

        IKafkaPort port = OpenOutsider();
        long[] ends = [.. Enumerable.Range(0, Partitions).Select(p => port.Watermarks(output, p, Patience).High)];
        Until(() => Enumerable.Range(0, Partitions).All(p => reader.Reader.Position(p) >= ends[p]), reader.Poll);
        for (int partition = 0; partition < Partitions; partition++)
        {
            string copied = string.Join(
                ' ', reader.Records.Where(record => record.Partition == partition).Select(record => record.Value));
            Assert.True(
                copied == string.Join(' ', Enumerable.Range(0, each)), $"{string.Join(' ', log)}: {partition}: {copied}");
        }
    }
}

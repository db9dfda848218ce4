using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;
using ErrorCode = Confluent.Kafka.ErrorCode;

namespace Streaming.Daemon.Tests.Kafka;

public sealed class KafkaPortRebalanceTests
{
    private const int Partitions = 6;

    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(5);

    [Theory, InlineData(nameof(GroupProtocol.Consumer)), InlineData(nameof(GroupProtocol.Classic))]
    public void Poll_SecondPortJoinsAndLeaves_EachRecordOnceAndRevokedFirst(string name)
    {
        GroupProtocol protocol = Enum.Parse<GroupProtocol>(name);
        using var bed = new PortBed(Partitions);
        var log = new List<string>();
        var seen = new Dictionary<(int Partition, long Offset), int>();
        var a = new Member(bed.Port(lane: 0, protocol: protocol), "a", log, seen);
        var b = new Member(bed.Port(lane: 1, protocol: protocol), "b", log, seen);
        KafkaPort producer = bed.Port("producer");
        int produced = 0;

        // While a gives up partitions, b has every chance to take them too early.
        a.WhileRevoked = () => Enumerable.Range(0, 200).ToList().ForEach(_ => b.Poll());

        a.Join();
        PortBed.Until(() => a.Listener.Held.Count == Partitions, () => Step(a));
        b.Join();
        PortBed.Until(() => b.Listener.Held.Count == Partitions / 2, () => Step(a, b));
        PortBed.Until(() => seen.Count > produced / 2, () => Step(a, b));
        b.Port.Close();
        PortBed.Until(() => a.Listener.Held.Count == Partitions, () => Step(a));
        Assert.True(producer.Flush(PortBed.Patience));
        PortBed.Until(() => seen.Count == produced, () => a.Poll());

        // The embedded cluster's classic groups refuse commits at some moments of a rebalance, which a broker does not:
        // what was not committed comes again, and nothing else does.
        HashSet<int> uncommitted = [.. a.Uncommitted, .. b.Uncommitted];
        Assert.True(protocol == GroupProtocol.Classic || uncommitted.Count == 0);
        Assert.All(seen, record => Assert.True(record.Value == 1 || uncommitted.Contains(record.Key.Partition)));
        AssertOneOwner(log);

        void Step(params Member[] members)
        {
            // More than a member takes at a time, so that rebalances overtake records that wait.
            for (int i = 0; i < 5 * Partitions; i++, produced++)
            {
                PortBed.Produce(producer, PortBed.Input, i % Partitions, null, [1]);
            }

            foreach (Member member in members)
            {
                member.Poll();
            }
        }
    }

    [Fact]
    public void Close_HoldsPartitions_RevokesThem()
    {
        using var bed = new PortBed(Partitions);
        KafkaPort port = bed.Port();
        var listener = new RecordingListener();
        port.Subscribe(PortBed.Input, listener);
        var batch = new RecordBatch(10);
        PortBed.Until(() => listener.Held.Count == Partitions, () => port.Poll(batch, Wait));

        port.Close();

        Assert.Empty(listener.Held);
        Assert.Equal(Partitions, listener.Log.Count(line => line[0] == '-'));
    }

    [Fact]
    public void Dispose_WithoutCloseOrPoll_EndsSilently()
    {
        using var bed = new PortBed(Partitions);
        KafkaPort port = bed.Port();
        var listener = new RecordingListener();
        port.Subscribe(PortBed.Input, listener);

        // Time to join, so that a rebalance waits unanswered in the client.
        Thread.Sleep(500);
        port.Dispose();

        Assert.Empty(listener.Log);
    }

    /// <summary>No partition is assigned to anyone while someone holds it.</summary>
    private static void AssertOneOwner(List<string> log)
    {
        var owners = new Dictionary<string, char>();
        foreach (string line in log)
        {
            string partition = line[2..];
            if (line[1] == '+')
            {
                Assert.False(owners.ContainsKey(partition), string.Join(' ', log));
                owners[partition] = line[0];
            }
            else
            {
                Assert.Equal('-', line[1]);
                Assert.True(owners.Remove(partition, out char owner) && owner == line[0], string.Join(' ', log));
            }
        }
    }

    /// <summary>A port that counts each record it gets, and commits what it counted when revoked.</summary>
    private sealed class Member
    {
        private readonly Dictionary<(int Partition, long Offset), int> _seen;
        private readonly Dictionary<int, long> _next = [];
        private readonly RecordBatch _batch = new(16);

        public Member(
            KafkaPort port, string name, List<string> log, Dictionary<(int Partition, long Offset), int> seen)
        {
            (Port, _seen) = (port, seen);
            Listener = new RecordingListener(name, log) { OnRevoked = Commit };
        }

        public KafkaPort Port { get; }

        public RecordingListener Listener { get; }

        /// <summary>Partitions that left without the commit of their last records.</summary>
        public List<int> Uncommitted { get; } = [];

        public Action WhileRevoked { get; set; } = () => { };

        public void Join() => Port.Subscribe(PortBed.Input, Listener);

        public void Poll()
        {
            Port.Poll(_batch, Wait);
            for (int i = 0; i < _batch.Count; i++)
            {
                (int partition, long offset) = (_batch.Partitions[i], _batch.Offsets[i]);
                Assert.Contains(partition, Listener.Held);
                _seen[(partition, offset)] = _seen.GetValueOrDefault((partition, offset)) + 1;
                _next[partition] = offset + 1;
            }
        }

        private void Commit(int[] partitions)
        {
            PartitionOffset[] next = [.. partitions.Where(_next.ContainsKey)
                .Select(partition => new PartitionOffset(partition, _next[partition]))];
            try
            {
                if (next.Length > 0)
                {
                    Port.Commit(next);
                }
            }
            catch (KafkaPortException e) when (e.Code == ErrorCode.RebalanceInProgress)
            {
                Uncommitted.AddRange(partitions);
            }

            WhileRevoked();
        }
    }
}

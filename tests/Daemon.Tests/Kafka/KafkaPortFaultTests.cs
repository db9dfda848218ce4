using Confluent.Kafka;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Tests.Kafka;

public sealed class KafkaPortFaultTests
{
    private const short ProduceRequest = 0, ListOffsetsRequest = 2;

    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(20);

    [Fact]
    public void Poll_BrokerAwayAtStart_SaysSoAndResumes()
    {
        using var bed = new PortBed(partitions: 2);
        bed.Cluster.StopBroker(1);
        KafkaPort port = bed.Port();
        port.Subscribe(PortBed.Input, new RecordingListener());
        var batch = new RecordBatch(100);

        PortBed.Until(() => port.Trouble is not null, () => port.Poll(batch, Wait));
        PortBed.Produce(port, PortBed.Input, 1, null, [1]);
        Assert.False(port.Flush(Wait));
        bed.Cluster.StartBroker(1);

        PortBed.Until(() => batch.Count == 1, () => port.Poll(batch, Wait));
        PortBed.Until(() => port.Trouble is null, () => port.Poll(batch, Wait));
        Assert.True(port.Flush(PortBed.Patience));
    }

    [Fact]
    public void Seek_WhileTheBeginningIsStillLookedUp_WinsOverIt()
    {
        const int records = 10, from = 6;
        using var bed = new PortBed(partitions: 1);
        KafkaPort port = bed.Port();
        for (byte i = 0; i < records; i++)
        {
            PortBed.Produce(port, PortBed.Input, 0, null, [i]);
        }

        Assert.True(port.Flush(PortBed.Patience));
        var listener = new RecordingListener { StartOf = _ => StartOffset.Beginning };
        listener.OnAssigned = _ => port.Pause(0);
        bed.Cluster.FailRequests(ListOffsetsRequest, ErrorCode.LeaderNotAvailable); // librdkafka asks again, later
        port.Subscribe(PortBed.Input, listener);
        var batch = new RecordBatch(100);
        PortBed.Until(() => listener.Held.Count == 1, () => port.Poll(batch, Wait));

        port.Seek(0, from);
        port.Resume(0);
        var got = new List<byte>();
        PortBed.Until(() => got.Count >= records - from, Collect);
        long quiet = Environment.TickCount64 + 2_000; // what is looked up again comes within half a second
        while (Environment.TickCount64 < quiet)
        {
            Collect();
        }

        PortBed.Produce(port, PortBed.Input, 0, null, [records]);
        PortBed.Until(() => got.Count > records - from, Collect);
        Assert.Equal(Enumerable.Range(from, records + 1 - from).Select(i => (byte)i), got);

        void Collect()
        {
            port.Poll(batch, Wait);
            for (int i = 0; i < batch.Count; i++)
            {
                got.Add(batch.Value(i)[0]);
            }
        }
    }

    [Fact]
    public void Poll_BrokerAwayInMidStream_AllArriveInOrder()
    {
        using var bed = new PortBed(partitions: 1);
        KafkaPort port = bed.Port();
        port.Subscribe(PortBed.Input, new RecordingListener());
        var batch = new RecordBatch(100);
        var got = new List<byte>();
        byte sent = 0;
        PortBed.Until(() => got.Count >= 20, Step);

        bed.Cluster.StopBroker(1);
        PortBed.Until(() => port.Trouble is not null, Step);
        bed.Cluster.StartBroker(1);
        int sentBefore = sent;
        PortBed.Until(() => got.Count >= sentBefore + 10, Step);
        Assert.True(port.Flush(PortBed.Patience));
        PortBed.Until(() => got.Count >= sent, Collect);
        PortBed.Until(() => port.Trouble is null, Collect);

        Assert.Equal(Enumerable.Range(0, sent).Select(i => (byte)i), got);

        void Step()
        {
            PortBed.Produce(port, PortBed.Input, 0, null, [sent++]);
            Collect();
        }

        void Collect()
        {
            port.Poll(batch, Wait);
            for (int i = 0; i < batch.Count; i++)
            {
                got.Add(batch.Value(i)[0]);
            }
        }
    }

    [Fact]
    public void Close_BrokerAway_Returns()
    {
        using var bed = new PortBed(partitions: 1);
        KafkaPort port = bed.Port();
        var listener = new RecordingListener();
        port.Subscribe(PortBed.Input, listener);
        var batch = new RecordBatch(100);
        PortBed.Until(() => listener.Held.Count == 1, () => port.Poll(batch, Wait));

        bed.Cluster.StopBroker(1);
        port.Close();

        Assert.Empty(listener.Held);
    }

    [Fact]
    public void Commit_BrokerAway_ThrowsRetriableAndSucceedsLater()
    {
        using var bed = new PortBed(partitions: 1);
        KafkaPort port = bed.Port();
        var listener = new RecordingListener();
        port.Subscribe(PortBed.Input, listener);
        var batch = new RecordBatch(100);
        PortBed.Until(() => listener.Held.Count == 1, () => port.Poll(batch, Wait));

        bed.Cluster.StopBroker(1);
        var thrown = Assert.Throws<KafkaPortException>(() => port.Commit([new(0, 5)]));
        bed.Cluster.StartBroker(1);
        bool committed = false;
        PortBed.Until(() => committed, () =>
        {
            port.Poll(batch, Wait);
            try
            {
                port.Commit([new(0, 5)]);
                committed = true;
            }
            catch (KafkaPortException exception) when (exception.Retriable)
            {
            }
        });

        Assert.True(thrown.Retriable, thrown.Message);
        Assert.Equal([new PartitionOffset(0, 5)], port.Committed([0], PortBed.Patience));
    }

    [Fact]
    public void TryProduce_QueueFull_TakesNothingAndGoesOnLater()
    {
        using var bed = new PortBed(partitions: 1);
        KafkaPort port = bed.Port(
            producer: new Dictionary<string, string> { ["queue.buffering.max.messages"] = "100" });
        port.Subscribe(PortBed.Input, new RecordingListener());
        ProduceTarget target = port.Target(PortBed.Input);
        bed.Cluster.StopBroker(1);
        int taken = 0;

        while (port.TryProduce(target, 0, default, [1], null, 1))
        {
            taken++;
        }

        Assert.Equal(100, taken);
        Assert.False(port.TryProduce(target, 0, default, [1], null, 1));
        bed.Cluster.StartBroker(1);
        PortBed.Until(
            () => port.TryProduce(target, 0, default, [1], null, 1), () => port.Flush(TimeSpan.FromMilliseconds(5)));
        Assert.True(port.Flush(PortBed.Patience));
        Assert.Equal((0, 101), port.Watermarks(0, PortBed.Patience));
    }

    [Fact]
    public void Flush_MessageRefusedByBroker_ThrowsOnce()
    {
        using var bed = new PortBed(partitions: 1);
        KafkaPort port = bed.Port();
        PortBed.Produce(port, PortBed.Input, 0, null, [1]);
        Assert.True(port.Flush(PortBed.Patience));

        bed.Cluster.FailRequests(ProduceRequest, ErrorCode.MsgSizeTooLarge);
        PortBed.Produce(port, PortBed.Input, 0, null, [2]);
        var thrown = Assert.Throws<KafkaPortException>(() => port.Flush(PortBed.Patience));
        PortBed.Produce(port, PortBed.Input, 0, null, [3]);

        Assert.Equal(ErrorCode.MsgSizeTooLarge, thrown.Code);
        Assert.True(port.Flush(PortBed.Patience));
    }

    [Fact]
    public void Flush_TransientBrokerErrors_AreRetriedWithoutLossOrRepeat()
    {
        using var bed = new PortBed(partitions: 1);
        KafkaPort port = bed.Port();
        port.Subscribe(PortBed.Input, new RecordingListener());
        bed.Cluster.FailRequests(
            ProduceRequest, ErrorCode.NotLeaderForPartition, ErrorCode.RequestTimedOut, ErrorCode.NotEnoughReplicas);

        for (byte i = 0; i < 50; i++)
        {
            PortBed.Produce(port, PortBed.Input, 0, null, [i]);
        }

        Assert.True(port.Flush(PortBed.Patience));
        Assert.Equal((0, 50), port.Watermarks(0, PortBed.Patience));
    }

    [Fact]
    public void TryProduce_TooLarge_ThrowsAndTakesNothing()
    {
        using var bed = new PortBed(partitions: 1);
        KafkaPort port = bed.Port();
        byte[] value = new byte[ClientProperties.MessageBytes + 1];

        var thrown = Assert.Throws<KafkaPortException>(
            () => port.TryProduce(port.Target(PortBed.Input), 0, default, value, null, 1));

        Assert.Equal(ErrorCode.MsgSizeTooLarge, thrown.Code);
        Assert.True(port.Flush(PortBed.Patience));
    }

    [Fact]
    public void TryProduce_NoSuchPartition_IsNeverSilent()
    {
        using var bed = new PortBed(partitions: 1);
        KafkaPort port = bed.Port();

        var thrown = Assert.Throws<KafkaPortException>(() =>
        {
            PortBed.Produce(port, PortBed.Input, 7, null, [1]);
            port.Flush(PortBed.Patience);
        });

        Assert.Equal(ErrorCode.Local_UnknownPartition, thrown.Code);
    }

    [Fact]
    public void Watermarks_BrokerAway_ThrowsRetriable()
    {
        using var bed = new PortBed(partitions: 1);
        bed.Cluster.StopBroker(1);
        KafkaPort port = bed.Port();
        port.Subscribe(PortBed.Input, new RecordingListener());

        var thrown = Assert.Throws<KafkaPortException>(() => port.Watermarks(0, Wait));

        Assert.True(thrown.Retriable, thrown.Message);
    }

    /// <summary>The message that expired leaves a gap in the producer's numbers, over which the next transaction may
    /// stumble, too.</summary>
    [Fact]
    public void TryProduce_MessageExpiredInTheTransaction_IsAbortableAndGoesOnAfterwards()
    {
        using var bed = new PortBed(partitions: 1);
        KafkaPort port = bed.Port(delivery: DeliveryMode.ExactlyOnce);
        port.InitTransactions(PortBed.Patience);
        port.BeginTransaction();
        PortBed.Produce(port, PortBed.Input, 0, null, [1]);
        Assert.True(port.Flush(PortBed.Patience));
        bed.Cluster.StopBroker(1);
        KafkaPortException? thrown = null;

        PortBed.Until(() => thrown is not null, () => thrown = Failure(() =>
        {
            PortBed.Produce(port, PortBed.Input, 0, null, [2]);
            port.Flush(Wait);
        }));
        Assert.True(thrown is { Abortable: true, Fatal: false, Retriable: false }, $"{thrown}");

        bed.Cluster.StartBroker(1);
        PortBed.Until(() => thrown is null, () =>
        {
            PortBed.Until(() => thrown is null, () => thrown = Failure(() => port.AbortTransaction(PortBed.Patience)));
            thrown = Failure(() =>
            {
                port.BeginTransaction();
                PortBed.Produce(port, PortBed.Input, 0, null, [3]);
                port.CommitTransaction(PortBed.Patience);
            });
            Assert.True(thrown is null or { Abortable: true }, $"{thrown}");
        });
    }

    [Fact]
    public void CommitTransaction_FlushedTooLate_IsAbortable()
    {
        using var bed = new PortBed(partitions: 1);
        KafkaPort port = bed.Port(delivery: DeliveryMode.ExactlyOnce);
        port.InitTransactions(PortBed.Patience);
        port.BeginTransaction();
        bed.Cluster.StopBroker(1);
        PortBed.Produce(port, PortBed.Input, 0, null, [2]);
        KafkaPortException? thrown = null;

        PortBed.Until(
            () => thrown is { Retriable: false },
            () => thrown = Assert.Throws<KafkaPortException>(() => port.CommitTransaction(Wait)));

        Assert.True(thrown is { Abortable: true, Fatal: false }, $"{thrown}");
    }

    [Fact]
    public void BeginTransaction_NotInitialized_IsFatal()
    {
        using var bed = new PortBed(partitions: 1);

        Assert.True(Assert.Throws<KafkaPortException>(
            () => bed.Port(delivery: DeliveryMode.ExactlyOnce).BeginTransaction()).Fatal);
        Assert.True(Assert.Throws<KafkaPortException>(() => bed.Port().InitTransactions(Wait)).Fatal);
    }

    private static KafkaPortException? Failure(Action call) => Record.Exception(call) as KafkaPortException;
}

using Streaming.Daemon.Kafka;

namespace Streaming.Contract;

/// <summary>Reading logs outside of the group, and where they end.</summary>
public abstract class ReaderContract : PortContract
{
    [Fact]
    public void Poll_TwoPartitions_DeliversEachFromItsOffsetInOrder()
    {
        string topic = Bed.CreateTopic(3);
        IKafkaPort port = OpenOutsider();
        for (int partition = 0; partition < 3; partition++)
        {
            Write(port, topic, partition, count: 200);
        }

        using ContractReader reader = new ContractReader(port, topic).Open(0).Open(2, offset: 150);
        Until(() => reader.Reader.Position(0) == 200 && reader.Reader.Position(2) == 200, reader.Poll);

        Assert.Equal(Numbers(0, 200), reader.Records.Where(r => r.Partition == 0).Select(r => r.Value));
        Assert.Equal(Numbers(150, 50), reader.Records.Where(r => r.Partition == 2).Select(r => r.Value));
        Assert.DoesNotContain(reader.Records, record => record.Partition == 1);
    }

    [Fact]
    public void Close_ThenOpen_DropsWhatWasFetched()
    {
        string topic = Bed.CreateTopic(2);
        IKafkaPort port = OpenOutsider();
        Write(port, topic, 0, count: 500);
        Write(port, topic, 1, count: 500);
        using ContractReader reader = new ContractReader(port, topic).Open(0).Open(1);
        Until(() => reader.Records.Count > 0, reader.Poll);

        reader.Reader.Close(0);
        Assert.Throws<InvalidOperationException>(() => reader.Reader.Position(0));
        reader.Records.Clear();
        Until(() => reader.Reader.Position(1) == 500, reader.Poll);
        Assert.DoesNotContain(reader.Records, record => record.Partition == 0);

        reader.Records.Clear();
        reader.Open(0, offset: 490);
        Until(() => reader.Reader.Position(0) == 500, reader.Poll);
        Assert.Equal(Numbers(490, 10), reader.Values);
    }

    [Fact]
    public void Poll_LogGrows_GoesOnAndReportsEachEnd()
    {
        string topic = Bed.CreateTopic(1);
        IKafkaPort port = OpenOutsider();
        using ContractReader reader = new ContractReader(port, topic).Open(0);
        Until(() => reader.Ends.Count == 1, reader.Poll);
        Assert.Equal(0, reader.Reader.Position(0));

        Write(port, topic, 0, count: 5);
        Until(() => reader.Ends.Count == 2, reader.Poll);

        Assert.Equal([new PartitionOffset(0, 0), new(0, 5)], reader.Ends);
        Assert.Equal(Numbers(0, 5), reader.Values);
    }

    [Fact]
    public void Poll_OffsetPastTheEnd_SaysSoAndReadsTheOthers()
    {
        string topic = Bed.CreateTopic(2);
        IKafkaPort port = OpenOutsider();
        Write(port, topic, 0, count: 10);
        Write(port, topic, 1, count: 10);
        using ContractReader reader = new ContractReader(port, topic).Open(0, offset: 11).Open(1);

        KafkaPortException thrown = PollUntilThrown(reader);
        Until(() => reader.Reader.Position(1) == 10, reader.Poll);

        Assert.False(thrown.Retriable || thrown.Fatal, $"{thrown}");
        Assert.Contains($"Topic '{topic}', partition 0", thrown.Message, StringComparison.Ordinal);
        Assert.Equal(Numbers(0, 10), reader.Values);
    }

    [TransactionFact]
    public void Poll_LogCutAboveTheOffset_SaysSo()
    {
        string topic = Bed.CreateTopic(1);
        IKafkaPort port = OpenOutsider();
        Write(port, topic, 0, count: 10);
        Bed.Cut(topic, 0, first: 6);
        Assert.Equal((6, 10), port.Watermarks(topic, 0, Patience));

        using ContractReader reader = new ContractReader(port, topic).Open(0, offset: 5);
        KafkaPortException thrown = PollUntilThrown(reader);
        Assert.Contains($"Topic '{topic}', partition 0", thrown.Message, StringComparison.Ordinal);
        Assert.Empty(reader.Records);

        reader.Reader.Close(0);
        reader.Open(0, offset: 6);
        Until(() => reader.Reader.Position(0) == 10, reader.Poll);
        Assert.Equal(Numbers(6, 4), reader.Values);
    }

    [Fact]
    public void Watermarks_NoSuchPartition_IsAnError()
    {
        string topic = Bed.CreateTopic(1);
        IKafkaPort port = OpenOutsider();

        Assert.Equal((0, 0), port.Watermarks(topic, 0, Patience));
        Assert.Throws<KafkaPortException>(() => port.Watermarks(topic, 7, TimeSpan.FromSeconds(2)));
    }

    /// <summary>What a crashed writer left open ends the log for readers of committed records, but not the log.</summary>
    [TransactionFact]
    public void Watermarks_TransactionOpen_CountItsRecords()
    {
        string topic = Bed.CreateTopic(1);
        IKafkaPort port = Open("a");
        port.Subscribe(topic, new ContractMember(port));
        port.BeginTransaction();
        Produce(port, topic, 0, "0", "1", "2");
        Flush(port);
        using ContractReader reader = new ContractReader(port, topic).Open(0);
        Until(() => reader.Ends.Count > 0, reader.Poll);

        Assert.Equal((0, 3), port.Watermarks(topic, 0, Patience));
        Assert.Equal((0, 0), port.Watermarks(0, Patience));
        Assert.Equal(0, reader.Reader.Position(0));
        Assert.Empty(reader.Records);

        Commit(port);
        Until(() => reader.Reader.Position(0) == 4, reader.Poll);
        Assert.Equal(["0", "1", "2"], reader.Values);
        Assert.Equal((0, 4), port.Watermarks(topic, 0, Patience));
    }

    [TransactionFact]
    public void Position_MarksAndAbortedRecordsAtTheEnd_GoesPastThem()
    {
        string topic = Bed.CreateTopic(1);
        IKafkaPort port = Open("a");
        using ContractReader reader = new ContractReader(port, topic).Open(0);
        port.BeginTransaction();
        Produce(port, topic, 0, "seen");
        Commit(port);
        port.BeginTransaction();
        Produce(port, topic, 0, "dropped");
        Flush(port);
        Abort(port);

        Until(() => reader.Reader.Position(0) == 4, reader.Poll);

        Assert.Equal(["seen"], reader.Values);
        Assert.Equal((0, 4), port.Watermarks(topic, 0, Patience));
    }

    private static KafkaPortException PollUntilThrown(ContractReader reader)
    {
        KafkaPortException? thrown = null;
        Until(() => thrown is not null, () =>
        {
            try
            {
                reader.Poll();
            }
            catch (KafkaPortException exception)
            {
                thrown = exception;
            }
        });
        return thrown!;
    }

    private static IEnumerable<string> Numbers(int from, int count) => Enumerable.Range(from, count).Select(i => $"{i}");
}

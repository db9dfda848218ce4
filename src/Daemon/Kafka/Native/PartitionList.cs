namespace Streaming.Daemon.Kafka.Native;

/// <summary>A native list of partitions of one topic; dispose it on the thread that made it.</summary>
internal readonly unsafe ref struct PartitionList : IDisposable
{
    private readonly string _topic;

    public PartitionList(string topic, int capacity)
    {
        _topic = topic;
        Native = LibRdKafka.rd_kafka_topic_partition_list_new(capacity);
    }

    public RdPartitionList* Native { get; }

    /// <summary>The partitions; valid until the next Add.</summary>
    public Span<RdPartition> Items => new(Native->Items, Native->Count);

    public static PartitionList Of(string topic, int partition, long offset = LibRdKafka.InvalidOffset)
    {
        var list = new PartitionList(topic, 1);
        list.Add(partition, offset);
        return list;
    }

    public static PartitionList Of(string topic, ReadOnlySpan<int> partitions)
    {
        var list = new PartitionList(topic, partitions.Length);
        foreach (int partition in partitions)
        {
            list.Add(partition, LibRdKafka.InvalidOffset);
        }

        return list;
    }

    public void Add(int partition, long offset) =>
        LibRdKafka.rd_kafka_topic_partition_list_add(Native, _topic, partition)->Offset = offset;

    public void Dispose() => LibRdKafka.rd_kafka_topic_partition_list_destroy(Native);
}

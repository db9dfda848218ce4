namespace Streaming.Daemon.Kafka.Native;

/// <summary>A native list of partitions of one topic; dispose it on the thread that made it.</summary>
internal readonly unsafe struct PartitionList : IDisposable
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

    /// <summary>A list of places to commit, each with its note.</summary>
    public static PartitionList Of(string topic, ReadOnlySpan<PartitionOffset> places)
    {
        var list = new PartitionList(topic, places.Length);
        foreach (PartitionOffset place in places)
        {
            list.Add(place.Partition, place.Offset, CommitNote.Of(place));
        }

        return list;
    }

    /// <param name="partition">The partition.</param>
    /// <param name="offset">Its offset.</param>
    /// <param name="note">Text to commit along with the offset; copied.</param>
    public void Add(int partition, long offset, ReadOnlySpan<byte> note = default)
    {
        RdPartition* added = LibRdKafka.rd_kafka_topic_partition_list_add(Native, _topic, partition);
        added->Offset = offset;
        if (!note.IsEmpty)
        {
            added->Metadata = LibRdKafka.rd_kafka_mem_malloc(0, (nuint)note.Length); // freed with the list
            added->MetadataSize = (nuint)note.Length;
            note.CopyTo(new Span<byte>(added->Metadata, note.Length));
        }
    }

    public void Dispose() => LibRdKafka.rd_kafka_topic_partition_list_destroy(Native);
}

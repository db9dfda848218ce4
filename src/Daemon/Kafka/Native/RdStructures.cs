using System.Runtime.InteropServices;

namespace Streaming.Daemon.Kafka.Native;

/// <summary>rd_kafka_message_t.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct RdMessage
{
    public int Error;
    public nint Topic;
    public int Partition;
    public byte* Value;
    public nuint ValueLength;
    public byte* Key;
    public nuint KeyLength;
    public long Offset;
    public nint Private;
}

/// <summary>rd_kafka_topic_partition_t.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct RdPartition
{
    public byte* Topic;
    public int Partition;
    public long Offset;
    public void* Metadata;
    public nuint MetadataSize;
    public void* Opaque;
    public int Error;
    public void* Private;
}

/// <summary>rd_kafka_topic_partition_list_t.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct RdPartitionList
{
    public int Count;
    public int Size;
    public RdPartition* Items;
}

/// <summary>rd_kafka_metadata_partition_t.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct RdMetadataPartition
{
    public int Id;
    public int Error;
    public int Leader;
    public int ReplicaCount;
    public int* Replicas;
    public int InSyncCount;
    public int* InSync;
}

/// <summary>rd_kafka_metadata_topic_t.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct RdMetadataTopic
{
    public byte* Name;
    public int PartitionCount;
    public RdMetadataPartition* Partitions;
    public int Error;
}

/// <summary>rd_kafka_metadata_broker_t.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct RdMetadataBroker
{
    public int Id;
    public byte* Host;
    public int Port;
}

/// <summary>rd_kafka_metadata_t.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct RdMetadata
{
    public int BrokerCount;
    public RdMetadataBroker* Brokers;
    public int TopicCount;
    public RdMetadataTopic* Topics;
    public int OriginBroker;
    public byte* OriginName;
}

/// <summary>rd_kafka_vtype_t: what an argument of produceva is.</summary>
internal enum RdArgumentKind
{
    Topic = 2,
    Partition = 3,
    Value = 4,
    Key = 5,
    Flags = 7,
    Timestamp = 8,
    Headers = 10,
}

/// <summary>rd_kafka_vu_t: a tag and a union padded to 64 bytes.</summary>
[StructLayout(LayoutKind.Explicit, Size = 72)]
internal unsafe struct RdArgument
{
    [FieldOffset(0)]
    public RdArgumentKind Kind;

    [FieldOffset(8)]
    public int Number;

    [FieldOffset(8)]
    public long Long;

    [FieldOffset(8)]
    public void* Pointer;

    [FieldOffset(16)]
    public nuint Size;
}

using System.Runtime.InteropServices;

namespace Streaming.Daemon.Kafka.Native;

/// <summary>A consumer's membership in its group at one moment: generation, member and instance id.</summary>
/// <remarks>To be disposed once.</remarks>
/// <param name="consumer">rd_kafka_t* of the consumer.</param>
internal readonly unsafe struct GroupMembership(nint consumer) : IDisposable
{
    /// <summary>rd_kafka_consumer_group_metadata_t*.</summary>
    public nint Native { get; } = LibRdKafka.rd_kafka_consumer_group_metadata(consumer);

    /// <summary>Whether the consumer takes part in a generation: not before it has joined, nor after it has left or was
    /// thrown out.</summary>
    /// <remarks>Generations and epochs of members begin at 1.</remarks>
    public bool Exists => MemberId.Length > 0
        && LibRdKafka.rd_kafka_consumer_group_metadata_generation_id(Native) > 0;

    /// <summary>The name the group gave to the member; empty once the client knows that it is none any more.</summary>
    public string MemberId => Native == 0
        ? ""
        : Marshal.PtrToStringUTF8(LibRdKafka.rd_kafka_consumer_group_metadata_member_id(Native)) ?? "";

    public void Dispose()
    {
        if (Native != 0)
        {
            LibRdKafka.rd_kafka_consumer_group_metadata_destroy(Native);
        }
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Confluent.Kafka;
using Streaming.Daemon.Kafka.Native;

namespace Streaming.Daemon.Kafka;

/// <summary>Commits offsets and waits for the answer, for a bounded time.</summary>
/// <remarks>
/// librdkafka's plain synchronous commit has no time-out and hides the failure of single partitions. Commits are
/// numbered, so that a late answer to one given up is not taken for the next one's. Lane's thread only.
/// </remarks>
internal sealed unsafe class OffsetCommit(ConsumerClient client) : IDisposable
{
    private const int TimeoutMs = 5_000;

    private readonly nint answers = LibRdKafka.rd_kafka_queue_new(client.Handle);
    private nint commits;

    /// <param name="next">The next record to process of each partition.</param>
    /// <exception cref="KafkaPortException">A partition's offset was refused, or no answer came in time.</exception>
    public void Commit(ReadOnlySpan<PartitionOffset> next)
    {
        using PartitionList list = PartitionList.Of(client.Topic, next);
        nint number = ++commits;
        client.Check(
            LibRdKafka.rd_kafka_commit_queue(client.Handle, list.Native, answers, &HandleCommit, number), "commit");
        long deadline = Environment.TickCount64 + TimeoutMs;
        while (client.LastCommit.Number != number)
        {
            long leftMs = deadline - Environment.TickCount64;
            client.Check(leftMs > 0 ? ErrorCode.NoError : ErrorCode.Local_TimedOut, "commit: no answer");
            _ = LibRdKafka.rd_kafka_queue_poll_callback(answers, (int)leftMs);
        }

        client.Check((int)client.LastCommit.Code, "commit");
    }

    public void Dispose() => LibRdKafka.rd_kafka_queue_destroy(answers);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void HandleCommit(nint client, int code, RdPartitionList* list, nint number)
    {
        for (int i = 0; code == 0 && list is not null && i < list->Count; i++)
        {
            code = list->Items[i].Error;
        }

        RdClient.OwnerOf<ConsumerClient>(LibRdKafka.rd_kafka_opaque(client)).LastCommit = (number, (ErrorCode)code);
    }
}

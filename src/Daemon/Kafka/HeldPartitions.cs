using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Confluent.Kafka;
using Streaming.Daemon.Kafka.Native;

namespace Streaming.Daemon.Kafka;

/// <summary>The partitions a consumer holds, and what can be done to one of them: seek, pause, resume.</summary>
/// <remarks>
/// While the listener is asked about partitions that come they are not held yet: a pause is then noted, and done
/// once they are. A seek does not stop librdkafka from looking up again where a partition begins that was assigned at its
/// beginning, and whose first look-up has failed: it then goes there, behind the seek. So each record is checked, and a
/// partition that strays is brought back. Lane's thread only.
/// </remarks>
internal sealed unsafe class HeldPartitions(ConsumerClient client)
{
    private const int SeekMs = 5_000;

    private readonly Dictionary<int, long> held = []; // with the first offset that may still come
    private readonly HashSet<int> strayed = [];
    private readonly List<int> pausedOnAssign = [];
    private int[] assigning = [];

    /// <summary>The batch being polled; a partition's records leave it when it is sought, paused or goes.</summary>
    public RecordBatch? Batch { get; set; }

    /// <summary>The partitions, ascending.</summary>
    public int[] All => [.. held.Keys.Order()];

    public bool Contains(int partition) => held.ContainsKey(partition);

    /// <summary>Notes that a record has come.</summary>
    /// <returns>False where it is to be dropped: its partition is not held, or was sought past it, or it came
    /// before.</returns>
    public bool TryPass(int partition, long offset)
    {
        ref long next = ref CollectionsMarshal.GetValueRefOrNullRef(held, partition);
        if (Unsafe.IsNullRef(ref next))
        {
            return false;
        }

        if (offset < next)
        {
            strayed.Add(partition);
            return false;
        }

        next = offset + 1;
        return true;
    }

    /// <summary>Brings partitions back that have strayed. One that can't be now is when its next record comes.</summary>
    public void BringBack()
    {
        foreach (int partition in strayed)
        {
            if (held.TryGetValue(partition, out long next))
            {
                using PartitionList list = PartitionList.Of(client.Topic, partition, next);
                (ErrorCode code, string text) = RdError.Take(
                    LibRdKafka.rd_kafka_seek_partitions(client.Handle, list.Native, SeekMs));
                if (code != ErrorCode.NoError)
                {
                    client.Report(code, $"partition {partition} has strayed from offset {next}: {text}");
                }
            }
        }

        strayed.Clear();
    }

    /// <exception cref="InvalidOperationException">The partition is not held.</exception>
    /// <exception cref="KafkaPortException">librdkafka refused, or did not answer in time.</exception>
    public void Seek(int partition, long offset)
    {
        Require(partition);
        using PartitionList list = PartitionList.Of(client.Topic, partition, offset);
        (ErrorCode code, string text) = RdError.Take(
            LibRdKafka.rd_kafka_seek_partitions(client.Handle, list.Native, SeekMs));
        client.Check(code, text);
        client.Check(list.Items[0].Error, "seek");
        held[partition] = offset;
        Batch?.Drop(partition);
    }

    /// <exception cref="InvalidOperationException">The partition is neither held nor coming.</exception>
    /// <exception cref="KafkaPortException">librdkafka refused.</exception>
    public void Pause(int partition)
    {
        if (assigning.Contains(partition))
        {
            pausedOnAssign.Add(partition);
            return;
        }

        Require(partition);
        using PartitionList list = PartitionList.Of(client.Topic, partition);
        client.Check(LibRdKafka.rd_kafka_pause_partitions(client.Handle, list.Native), "pause");
        client.Check(list.Items[0].Error, "pause");
        Batch?.Drop(partition);
    }

    /// <exception cref="InvalidOperationException">The partition is neither held nor coming.</exception>
    /// <exception cref="KafkaPortException">librdkafka refused.</exception>
    public void Resume(int partition)
    {
        if (assigning.Contains(partition))
        {
            pausedOnAssign.Remove(partition);
            return;
        }

        Require(partition);
        using PartitionList list = PartitionList.Of(client.Topic, partition);
        client.Check(LibRdKafka.rd_kafka_resume_partitions(client.Handle, list.Native), "resume");
        client.Check(list.Items[0].Error, "resume");
    }

    /// <summary>Partitions are coming: until <see cref="EndAssign"/> pauses are noted only.</summary>
    public void BeginAssign(int[] partitions) => assigning = partitions;

    public void EndAssign() => assigning = [];

    public void Add(int[] partitions)
    {
        foreach (int partition in partitions)
        {
            held[partition] = 0;
        }
    }

    /// <summary>Does the pauses noted while the partitions came.</summary>
    public void PauseNoted()
    {
        pausedOnAssign.ForEach(Pause);
        pausedOnAssign.Clear();
    }

    /// <summary>Takes the partitions' records out of the batch being polled.</summary>
    public void DropRecords(int[] partitions)
    {
        foreach (int partition in partitions)
        {
            Batch?.Drop(partition);
        }
    }

    public void Remove(int[] partitions) => Array.ForEach(partitions, partition => held.Remove(partition));

    private void Require(int partition)
    {
        if (!held.ContainsKey(partition))
        {
            throw new InvalidOperationException($"Partition {partition} of '{client.Topic}' is not held.");
        }
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Confluent.Kafka;
using Streaming.Daemon.Kafka.Native;

namespace Streaming.Daemon.Kafka;

/// <summary>The producing half of a port: idempotent, acknowledged by all replicas, transactional where asked.</summary>
/// <remarks>
/// Only failures are reported back (delivery.report.only.error), so that the success of a message costs nothing
/// here; <see cref="Flush"/> still waits for every one. Lane's thread only.
/// </remarks>
internal sealed unsafe class PortProducer : IDisposable
{
    private readonly RdClient client;
    private readonly ProducerTransactions transactions;
    private readonly List<ProduceTarget> targets = [];
    private readonly List<nint> topics = [];
    private long lost;
    private ErrorCode lostCode;

    public PortProducer(
        IReadOnlyDictionary<string, string> properties, ILogger logger, Action<ErrorCode, string> onError)
    {
        client = new RdClient(
            LibRdKafka.Producer, properties, logger, onError, this,
            conf => LibRdKafka.rd_kafka_conf_set_dr_msg_cb(conf, &HandleReport));
        transactions = new ProducerTransactions(client);
    }

    public ProduceTarget Target(string topic)
    {
        ProduceTarget? known = targets.Find(target => target.Topic == topic);
        if (known is not null)
        {
            return known;
        }

        nint handle = LibRdKafka.rd_kafka_topic_new(client.Handle, topic, 0);
        if (handle == 0)
        {
            throw new KafkaPortException(ErrorCode.Local_InvalidArg, $"Topic '{topic}' can't be produced to.");
        }

        topics.Add(handle);
        targets.Add(new ProduceTarget(topic, targets.Count));
        return targets[^1];
    }

    [SkipLocalsInit]
    public bool TryProduce(
        ProduceTarget target, int partition, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value,
        MessageHeaders? headers, long timestampMs)
    {
        RdArgument* arguments = stackalloc RdArgument[7];
        arguments[0] = new() { Kind = RdArgumentKind.Topic, Pointer = (void*)topics[target.Index] };
        arguments[1] = new() { Kind = RdArgumentKind.Partition, Number = partition };
        arguments[2] = new() { Kind = RdArgumentKind.Flags, Number = LibRdKafka.MessageCopy };
        arguments[3] = new() { Kind = RdArgumentKind.Timestamp, Long = timestampMs };
        nint nativeHeaders = headers is { Count: > 0 } ? Copy(headers) : 0;
        nuint count = 6;
        if (nativeHeaders != 0)
        {
            arguments[count++] = new() { Kind = RdArgumentKind.Headers, Pointer = (void*)nativeHeaders };
        }

        nint error;
        fixed (byte* keyBytes = &MemoryMarshal.GetReference(key), valueBytes = &MemoryMarshal.GetReference(value))
        {
            arguments[4] = new() { Kind = RdArgumentKind.Key, Pointer = keyBytes, Size = (nuint)key.Length };
            arguments[5] = new() { Kind = RdArgumentKind.Value, Pointer = valueBytes, Size = (nuint)value.Length };
            error = LibRdKafka.rd_kafka_produceva(client.Handle, arguments, count);
        }

        return error == 0 || Refuse(error, nativeHeaders, target, partition);
    }

    public bool Flush(TimeSpan timeout)
    {
        bool done = LibRdKafka.rd_kafka_flush(client.Handle, (int)timeout.TotalMilliseconds) == 0;
        client.ThrowIfFatal();
        if (lost == 0)
        {
            return done;
        }

        (long count, lost) = (lost, 0);
        throw new KafkaPortException(
            lostCode, $"{count} messages were not delivered, the first because: {Describe(lostCode)}.",
            abortable: transactions.IsOpen);
    }

    public void InitTransactions(TimeSpan timeout) => transactions.Init(timeout);

    public void BeginTransaction() => transactions.Begin();

    public void SendOffsets(PartitionList next, GroupMembership membership, string member, TimeSpan timeout) =>
        transactions.SendOffsets(next, membership, member, timeout);

    public void CommitTransaction(TimeSpan timeout) => transactions.Commit(timeout);

    public void AbortTransaction(TimeSpan timeout)
    {
        transactions.Abort(timeout);
        lost = 0; // an abort drops what waits to be sent, on purpose
    }

    /// <summary>Serves errors and failure reports.</summary>
    public void Serve() => _ = LibRdKafka.rd_kafka_poll(client.Handle, 0);

    /// <remarks>While a call is stuck within, the client outlives this.</remarks>
    public void Dispose()
    {
        if (transactions.Stuck is { IsCompleted: false } stuck)
        {
            stuck.ContinueWith(_ => Destroy(), TaskScheduler.Default);
        }
        else
        {
            Destroy();
        }
    }

    private void Destroy()
    {
        foreach (nint topic in topics)
        {
            LibRdKafka.rd_kafka_topic_destroy(topic);
        }

        topics.Clear();
        client.Dispose();
    }

    /// <summary>What to do with a message librdkafka did not take; its headers are still ours then.</summary>
    private bool Refuse(nint error, nint headers, ProduceTarget target, int partition)
    {
        if (headers != 0)
        {
            LibRdKafka.rd_kafka_headers_destroy(headers);
        }

        (ErrorCode code, string text) = RdError.Take(error);
        Serve();
        if (code == ErrorCode.Local_QueueFull)
        {
            return false;
        }

        client.ThrowIfFatal();

        // A transaction that has failed by itself, of a message that expired for example, takes no more.
        bool hasFailed = transactions.IsOpen && code == ErrorCode.Local_State;
        throw new KafkaPortException(
            code, $"Topic '{target.Topic}', partition {partition}: {text}", abortable: hasFailed);
    }

    private static nint Copy(MessageHeaders headers)
    {
        nint copy = LibRdKafka.rd_kafka_headers_new((nuint)headers.Count);
        for (int i = 0; i < headers.Count; i++)
        {
            ReadOnlySpan<byte> name = headers.Name(i), value = headers.Value(i);
            fixed (byte* nameBytes = &MemoryMarshal.GetReference(name), valueBytes = &MemoryMarshal.GetReference(value))
            {
                _ = LibRdKafka.rd_kafka_header_add(copy, nameBytes, name.Length, valueBytes, value.Length);
            }
        }

        return copy;
    }

    private static string Describe(ErrorCode code) => LibRdKafka.Describe((int)code);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void HandleReport(nint client, RdMessage* message, nint opaque)
    {
        if (message->Error != 0)
        {
            PortProducer self = RdClient.OwnerOf<PortProducer>(opaque);
            if (self.lost++ == 0)
            {
                self.lostCode = (ErrorCode)message->Error;
            }
        }
    }
}

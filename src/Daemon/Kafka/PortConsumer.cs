using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Confluent.Kafka;
using Streaming.Daemon.Kafka.Native;

namespace Streaming.Daemon.Kafka;

/// <summary>The consuming half of a port: one topic, records in batches, rebalances between native calls.</summary>
/// <remarks>
/// librdkafka announces a rebalance in the middle of a batch call. It is only noted there and answered after the
/// call: so all records of that call belong to partitions held before it, those of partitions that go are dropped,
/// and the listener never runs inside a native frame. Lane's thread only.
/// </remarks>
internal sealed unsafe class PortConsumer : IDisposable
{
    /// <summary>Records asked for in one native call; their bytes are bounded by the prefetch.</summary>
    private const int ChunkRecords = 512;

    private const int RequestMs = 5_000;
    private const int AnswerAgainMs = 1_000;

    private readonly RdClient _client;
    private readonly Action<ErrorCode, string> _onError;
    private readonly nint _queue;
    private readonly nint _commitQueue;
    private readonly nint[] _messages = new nint[ChunkRecords];
    private readonly Queue<Rebalance> _rebalances = new();
    private readonly HashSet<int> _held = [];
    private readonly List<int> _pausedOnAssign = [];
    private string _topic = "";
    private IPartitionListener? _listener;
    private RecordBatch? _batch;
    private int[] _assigning = [];
    private bool _closed;
    private nint _commits;
    private (nint Number, ErrorCode Code) _committed;

    public PortConsumer(
        IReadOnlyDictionary<string, string> properties, ILogger logger, Action<ErrorCode, string> onError)
    {
        _onError = onError;
        _client = new RdClient(
            LibRdKafka.Consumer, properties, logger, onError, this,
            conf => LibRdKafka.rd_kafka_conf_set_rebalance_cb(conf, &HandleRebalance));
        _ = LibRdKafka.rd_kafka_poll_set_consumer(_client.Handle);
        _queue = LibRdKafka.rd_kafka_queue_get_consumer(_client.Handle);
        _commitQueue = LibRdKafka.rd_kafka_queue_new(_client.Handle);
    }

    private enum RebalanceKind
    {
        Assigned,
        Revoked,
        Lost,
    }

    /// <summary>rd_kafka_t*, for look-ups.</summary>
    public nint Handle => _client.Handle;

    public void Subscribe(string topic, IPartitionListener listener)
    {
        if (_listener is not null)
        {
            throw new InvalidOperationException($"Subscribed to '{_topic}' already.");
        }

        (_topic, _listener) = (topic, listener);
        using PartitionList topics = PartitionList.Of(topic, -1);
        Check(LibRdKafka.rd_kafka_subscribe(Handle, topics.Native), "subscribe");
    }

    public void Poll(RecordBatch batch, TimeSpan wait)
    {
        batch.Clear();
        _batch = batch;
        Fill(batch);
        if (batch.Count == 0 && _rebalances.Count == 0 && wait > TimeSpan.Zero && Take(batch, 1, wait) > 0)
        {
            Fill(batch);
        }

        AnswerRebalances();
        _batch = null;
    }

    public void Seek(int partition, long offset)
    {
        Require(partition);
        using PartitionList list = PartitionList.Of(_topic, partition, offset);
        (ErrorCode code, string text) = RdClient.Take(
            LibRdKafka.rd_kafka_seek_partitions(Handle, list.Native, RequestMs));
        Check(code, text);
        Check(list.Items[0].Error, "seek");
        _batch?.Drop(partition);
    }

    public void Pause(int partition)
    {
        if (_assigning.Contains(partition))
        {
            _pausedOnAssign.Add(partition);
            return;
        }

        Require(partition);
        using PartitionList list = PartitionList.Of(_topic, partition);
        Check(LibRdKafka.rd_kafka_pause_partitions(Handle, list.Native), "pause");
        Check(list.Items[0].Error, "pause");
        _batch?.Drop(partition);
    }

    public void Resume(int partition)
    {
        if (_assigning.Contains(partition))
        {
            _pausedOnAssign.Remove(partition);
            return;
        }

        Require(partition);
        using PartitionList list = PartitionList.Of(_topic, partition);
        Check(LibRdKafka.rd_kafka_resume_partitions(Handle, list.Native), "resume");
        Check(list.Items[0].Error, "resume");
    }

    public long?[] Committed(ReadOnlySpan<int> partitions, TimeSpan timeout)
    {
        using PartitionList list = PartitionList.Of(_topic, partitions);
        Check(LibRdKafka.rd_kafka_committed(Handle, list.Native, (int)timeout.TotalMilliseconds), "committed");
        var offsets = new long?[partitions.Length];
        for (int i = 0; i < offsets.Length; i++)
        {
            Check(list.Items[i].Error, "committed");
            offsets[i] = list.Items[i].Offset == LibRdKafka.InvalidOffset ? null : list.Items[i].Offset;
        }

        return offsets;
    }

    public long LogEnd(int partition)
    {
        long low, high;
        int error = LibRdKafka.rd_kafka_get_watermark_offsets(Handle, _topic, partition, &low, &high);
        return error == 0 ? high : LibRdKafka.InvalidOffset;
    }

    public (long Low, long High) Watermarks(int partition, TimeSpan timeout)
    {
        long low, high;
        Check(
            LibRdKafka.rd_kafka_query_watermark_offsets(
                Handle, _topic, partition, &low, &high, (int)timeout.TotalMilliseconds),
            "watermarks");
        return (low, high);
    }

    public void Commit(ReadOnlySpan<PartitionOffset> next)
    {
        using var list = new PartitionList(_topic, next.Length);
        foreach (PartitionOffset place in next)
        {
            list.Add(place.Partition, place.Offset);
        }

        // The plain synchronous commit has no time-out and hides the failure of single partitions.
        nint number = ++_commits;
        Check(
            LibRdKafka.rd_kafka_commit_queue(Handle, list.Native, _commitQueue, &HandleCommit, number), "commit");
        long deadline = Environment.TickCount64 + RequestMs;
        while (_committed.Number != number)
        {
            long leftMs = deadline - Environment.TickCount64;
            Check(leftMs > 0 ? ErrorCode.NoError : ErrorCode.Local_TimedOut, "commit: no answer");
            _ = LibRdKafka.rd_kafka_queue_poll_callback(_commitQueue, (int)leftMs);
        }

        Check((int)_committed.Code, "commit");
    }

    public void Close()
    {
        if (_closed)
        {
            return;
        }

        _closed = true;
        (ErrorCode code, string text) = RdClient.Take(LibRdKafka.rd_kafka_consumer_close_queue(Handle, _queue));
        Check(code, text);
        AwaitClosed();
    }

    /// <summary>Leaves the group, if Close did not, without a word to the listener.</summary>
    /// <remarks>librdkafka waits for ever on a rebalance that is not answered, also when it is destroyed.</remarks>
    public void Dispose()
    {
        if (Handle == 0)
        {
            return;
        }

        _listener = null;
        _closed = _closed && LibRdKafka.rd_kafka_consumer_closed(Handle) != 0;
        try
        {
            Close();
        }
        catch (KafkaPortException)
        {
            // Fatally broken: there is no group to leave, and destroying does not wait then.
        }

        LibRdKafka.rd_kafka_queue_destroy(_queue);
        LibRdKafka.rd_kafka_queue_destroy(_commitQueue);
        _client.Dispose();
    }

    /// <summary>Serves the rebalances of a close until it is done.</summary>
    /// <remarks>
    /// librdkafka takes any answer now as "hold nothing", and drops without a reply one that comes after the group
    /// has ended, on which the call would wait for ever. So a second answer follows only where the first did not do.
    /// </remarks>
    private void AwaitClosed()
    {
        var discarded = new RecordBatch(1);
        ExceptionDispatchInfo? failure = null;
        bool owed = false;
        long answerAtMs = 0;
        while (LibRdKafka.rd_kafka_consumer_closed(Handle) == 0)
        {
            discarded.Clear();
            Take(discarded, 1, TimeSpan.FromMilliseconds(10));
            while (_rebalances.TryDequeue(out Rebalance? rebalance))
            {
                owed = true;
                try
                {
                    Tell(rebalance);
                }
                catch (Exception exception)
                {
                    failure ??= ExceptionDispatchInfo.Capture(exception);
                }
            }

            if (owed && Environment.TickCount64 >= answerAtMs)
            {
                _ = LibRdKafka.rd_kafka_assign(Handle, null);
                owed = false;
                answerAtMs = Environment.TickCount64 + AnswerAgainMs;
            }
        }

        failure?.Throw();
    }

    /// <summary>Tells the listener what it no longer holds.</summary>
    private void Tell(Rebalance rebalance)
    {
        int[] leaving = rebalance.Kind == RebalanceKind.Assigned ? [] : rebalance.Partitions;
        foreach (int partition in leaving)
        {
            _batch?.Drop(partition);
        }

        try
        {
            if (leaving.Length > 0 && rebalance.Kind == RebalanceKind.Lost)
            {
                _listener?.Lost(leaving);
            }
            else if (leaving.Length > 0)
            {
                _listener?.Revoked(leaving);
            }
        }
        finally
        {
            _held.ExceptWith(leaving);
        }
    }

    /// <summary>Takes what is there without waiting, until the batch is full or a rebalance is due.</summary>
    private void Fill(RecordBatch batch)
    {
        while (!batch.IsFull && _rebalances.Count == 0)
        {
            int wanted = Math.Min(ChunkRecords, batch.Capacity - batch.Count);
            if (Take(batch, wanted, TimeSpan.Zero) < wanted)
            {
                return;
            }
        }
    }

    /// <summary>One native call; returns how many messages came, errors included.</summary>
    private int Take(RecordBatch batch, int count, TimeSpan wait)
    {
        int taken;
        fixed (nint* messages = _messages)
        {
            taken = (int)LibRdKafka.rd_kafka_consume_batch_queue(
                _queue, (int)Math.Ceiling(wait.TotalMilliseconds), (RdMessage**)messages, (nuint)count);
        }

        ErrorCode failed = ErrorCode.NoError;
        for (int i = 0; i < taken; i++)
        {
            var message = (RdMessage*)_messages[i];
            if (message->Error != 0)
            {
                failed = (ErrorCode)message->Error;
                _onError(failed, TextOf(message));
            }
            else if (_held.Contains(message->Partition))
            {
                int type;
                long timestampMs = LibRdKafka.rd_kafka_message_timestamp(message, &type);
                batch.Add(
                    message->Partition, message->Offset, timestampMs,
                    new(message->Key, (int)message->KeyLength), new(message->Value, (int)message->ValueLength));
            }

            LibRdKafka.rd_kafka_message_destroy(message);
        }

        if (failed != ErrorCode.NoError)
        {
            _client.ThrowIfFatal();
        }

        return taken;
    }

    private void AnswerRebalances()
    {
        while (_rebalances.TryDequeue(out Rebalance? rebalance))
        {
            if (rebalance.Kind == RebalanceKind.Assigned)
            {
                Assign(rebalance.Partitions);
            }
            else
            {
                Unassign(rebalance);
            }
        }
    }

    private void Assign(int[] partitions)
    {
        var starts = new long[partitions.Length];
        Array.Fill(starts, StartOffset.Committed);
        _assigning = partitions;
        try
        {
            _listener?.Assigned(partitions, starts);
        }
        finally
        {
            _assigning = [];
            using var list = new PartitionList(_topic, partitions.Length);
            for (int i = 0; i < partitions.Length; i++)
            {
                list.Add(partitions[i], starts[i]);
            }

            // Refused when the partitions were lost meanwhile; that follows as a rebalance of its own.
            (ErrorCode code, string text) = RdClient.Take(
                LibRdKafka.rd_kafka_incremental_assign(Handle, list.Native));
            _held.UnionWith(partitions);
            if (code != ErrorCode.NoError)
            {
                _onError(code, text);
            }

            _pausedOnAssign.ForEach(Pause);
            _pausedOnAssign.Clear();
        }
    }

    private void Unassign(Rebalance rebalance)
    {
        try
        {
            Tell(rebalance);
        }
        finally
        {
            using PartitionList list = PartitionList.Of(_topic, rebalance.Partitions);
            (ErrorCode code, string text) = RdClient.Take(
                LibRdKafka.rd_kafka_incremental_unassign(Handle, list.Native));
            if (code != ErrorCode.NoError)
            {
                _onError(code, text);
            }
        }
    }

    private void Require(int partition)
    {
        if (!_held.Contains(partition))
        {
            throw new InvalidOperationException($"Partition {partition} of '{_topic}' is not held.");
        }
    }

    private void Check(int code, string what) => Check((ErrorCode)code, $"{what}: {LibRdKafka.Describe(code)}");

    private void Check(ErrorCode code, string text)
    {
        if (code != ErrorCode.NoError)
        {
            _client.ThrowIfFatal();
            throw new KafkaPortException(code, $"Topic '{_topic}', {text}", retriable: RetriableErrors.Contain(code));
        }
    }

    private static string TextOf(RdMessage* message) =>
        Marshal.PtrToStringUTF8((nint)message->Value, (int)message->ValueLength);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void HandleRebalance(nint client, int code, RdPartitionList* list, nint opaque)
    {
        var partitions = new int[list->Count];
        for (int i = 0; i < partitions.Length; i++)
        {
            partitions[i] = list->Items[i].Partition;
        }

        Array.Sort(partitions);
        RebalanceKind kind = code == (int)ErrorCode.Local_AssignPartitions ? RebalanceKind.Assigned
            : LibRdKafka.rd_kafka_assignment_lost(client) != 0 ? RebalanceKind.Lost
            : RebalanceKind.Revoked;
        RdClient.OwnerOf<PortConsumer>(opaque)._rebalances.Enqueue(new Rebalance(kind, partitions));
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void HandleCommit(nint client, int code, RdPartitionList* list, nint number)
    {
        for (int i = 0; code == 0 && list is not null && i < list->Count; i++)
        {
            code = list->Items[i].Error;
        }

        RdClient.OwnerOf<PortConsumer>(LibRdKafka.rd_kafka_opaque(client))._committed = (number, (ErrorCode)code);
    }

    private sealed record Rebalance(RebalanceKind Kind, int[] Partitions);
}

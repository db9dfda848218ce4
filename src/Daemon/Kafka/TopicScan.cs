using System.Diagnostics;
using Confluent.Kafka;

namespace Streaming.Daemon.Kafka;

/// <summary>Takes one record of a topic that is scanned.</summary>
/// <param name="partition">Its partition.</param>
/// <param name="offset">Its offset.</param>
/// <param name="key">Its key; empty where it is null.</param>
/// <param name="value">Its value; empty where it is null. Valid within the call.</param>
internal delegate void TakeRecord(int partition, long offset, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value);

/// <summary>Reads partitions of a topic from their first record to where they end when it begins, for a command; one
/// after the other, committed records only.</summary>
/// <param name="reader">Reads the topic; the caller disposes it.</param>
/// <param name="watermarks">Asks the brokers for a partition's first offset and its end, open transactions
/// included.</param>
/// <param name="patience">How long it waits without progress: for a broker that is away, or for a transaction that somebody
/// has left open.</param>
internal sealed class TopicScan(ILogReader reader, Func<int, (long Low, long High)> watermarks, TimeSpan patience)
{
    private const int BatchRecords = 4_096;

    private static readonly TimeSpan PollWait = TimeSpan.FromMilliseconds(200);

    private readonly RecordBatch batch = new(BatchRecords);

    /// <summary>Reads one partition.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="take">Takes its records in their order.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>The end up to which it was read.</returns>
    /// <exception cref="KafkaPortException">The brokers refuse, or nothing came for too long.</exception>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public long Read(int partition, TakeRecord take, CancellationToken stop)
    {
        (long low, long end) = watermarks(partition);
        reader.Open(partition, low);
        try
        {
            long at = low, since = Stopwatch.GetTimestamp();
            while (at < end)
            {
                stop.ThrowIfCancellationRequested();
                reader.Poll(batch, PollWait);
                for (int i = 0; i < batch.Count; i++)
                {
                    take(partition, batch.Offsets[i], batch.Key(i), batch.Value(i));
                }

                long position = reader.Position(partition);
                since = position > at ? Stopwatch.GetTimestamp() : since;
                at = position;
                if (Stopwatch.GetElapsedTime(since) > patience)
                {
                    throw new KafkaPortException(
                        ErrorCode.Local_TimedOut, $"partition {partition}: nothing came past offset {at} of {end} for "
                        + $"{patience.TotalSeconds:0} s; a broker is away, or a transaction is still open", retriable: true);
                }
            }
        }
        finally
        {
            reader.Close(partition);
        }

        return end;
    }
}

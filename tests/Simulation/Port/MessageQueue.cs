using Simulation.Log;
using Streaming.Daemon.Kafka;

namespace Simulation.Port;

/// <summary>Messages that a producer has taken and not sent yet.</summary>
internal sealed class MessageQueue
{
    private readonly List<Message> messages = [];
    private byte[] arena = new byte[4 << 10];
    private int used;
    private int sent;

    public int Count => messages.Count - sent;

    public PartitionLog FirstLog => messages[sent].Log;

    public ReadOnlySpan<byte> FirstKey => Part(messages[sent].Start, messages[sent].KeyLength);

    public ReadOnlySpan<byte> FirstValue =>
        Part(messages[sent].Start + Math.Max(0, messages[sent].KeyLength), messages[sent].ValueLength);

    public MessageHeaders? FirstHeaders => messages[sent].Headers;

    public long FirstTimestampMs => messages[sent].TimestampMs;

    public void Add(
        PartitionLog log, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, MessageHeaders? headers, long timestampMs)
    {
        int end = used + key.Length + value.Length;
        if (end > arena.Length)
        {
            Array.Resize(ref arena, Math.Max(end, 2 * arena.Length));
        }

        key.CopyTo(arena.AsSpan(used));
        value.CopyTo(arena.AsSpan(used + key.Length));
        messages.Add(new(
            log, used, NullableBytes.LengthOf(key), NullableBytes.LengthOf(value), Copy(headers), timestampMs));
        used = end;
    }

    public void RemoveFirst()
    {
        sent++;
        if (Count == 0)
        {
            Clear();
        }
    }

    public void Clear()
    {
        messages.Clear();
        (used, sent) = (0, 0);
    }

    private ReadOnlySpan<byte> Part(int start, int length) =>
        length == LogEntry.Null ? default : arena.AsSpan(start, length);

    private static MessageHeaders? Copy(MessageHeaders? headers)
    {
        if (headers is null or { Count: 0 })
        {
            return null;
        }

        var copy = new MessageHeaders();
        for (int i = 0; i < headers.Count; i++)
        {
            copy.Add(headers.Name(i), headers.Value(i));
        }

        return copy;
    }

    private readonly record struct Message(
        PartitionLog Log, int Start, int KeyLength, int ValueLength, MessageHeaders? Headers, long TimestampMs);
}

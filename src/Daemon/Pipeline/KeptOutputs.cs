using System.Runtime.InteropServices;
using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Pipeline;

/// <summary>Outputs since the last commit, kept until its outcome is known: after an abort they are sent again, in the
/// same order.</summary>
/// <remarks>
/// Messages lie in one arena that grows by doubling and is kept; <see cref="IsFull"/> asks for a commit, so it ends at
/// that bound plus what one turn of the lane brings. Lane's thread only.
/// </remarks>
internal sealed class KeptOutputs
{
    /// <summary>Bytes at which a commit is due.</summary>
    public const int FullBytes = 32 << 20;

    private readonly List<Message> messages = [];
    private readonly List<int> headerEnds = [];
    private readonly MessageHeaders headers = new();
    private byte[] arena = new byte[4 << 10];
    private int used;
    private int sent;

    /// <summary>Whether something was not sent yet in the open transaction.</summary>
    public bool HasUnsent => sent < messages.Count;

    public bool IsFull => used >= FullBytes;

    /// <summary>Keeps a copy of a message.</summary>
    /// <param name="source">Partition of the record it came of.</param>
    /// <param name="target">Where it goes.</param>
    /// <param name="partition">Partition there, or −1 to choose it by the key.</param>
    /// <param name="key">Key; a null one is <c>default</c>.</param>
    /// <param name="value">Value; a null one is <c>default</c>.</param>
    /// <param name="headers">Headers, or null for none.</param>
    /// <param name="timestampMs">Milliseconds since 1970.</param>
    public void Add(
        int source, ProduceTarget target, int partition, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value,
        MessageHeaders? headers, long timestampMs)
    {
        ReadOnlySpan<byte> headerBytes = headers is null ? default : headers.Bytes;
        Reserve(key.Length + value.Length + headerBytes.Length);
        messages.Add(new(
            source, target, partition, used, NullableBytes.LengthOf(key), NullableBytes.LengthOf(value),
            headerBytes.Length, headerEnds.Count, headers?.Count ?? 0, timestampMs));
        Append(key);
        Append(value);
        Append(headerBytes);
        headerEnds.AddRange(headers is null ? default : headers.Ends);
    }

    /// <summary>Sends what was not sent yet.</summary>
    /// <param name="outbox">Produces one message; returns once it is taken.</param>
    /// <exception cref="KafkaPortException">The transaction has failed, or the port, or a message can't be sent.</exception>
    public void SendRest(Outbox outbox)
    {
        for (; sent < messages.Count; sent++)
        {
            Message message = messages[sent];
            ReadOnlySpan<byte> key = Part(message.Start, message.KeyLength);
            int valueStart = message.Start + Math.Max(0, message.KeyLength);
            ReadOnlySpan<byte> value = Part(valueStart, message.ValueLength);
            outbox.Produce(
                message.Target, message.Partition, key, value,
                HeadersOf(message, valueStart + Math.Max(0, message.ValueLength)), message.TimestampMs);
        }
    }

    /// <summary>The transaction was aborted: all is to be sent again.</summary>
    public void Rewind() => sent = 0;

    /// <summary>The transaction was committed.</summary>
    public void Clear()
    {
        messages.Clear();
        headerEnds.Clear();
        (used, sent) = (0, 0);
    }

    /// <summary>Whether something that came of a partition was sent in the open transaction.</summary>
    public bool HasSent(int source) => messages.FindIndex(0, sent, message => message.Source == source) >= 0;

    /// <summary>Forgets what came of a partition that is gone; nothing of it is in the open transaction.</summary>
    public void Drop(int source)
    {
        sent = messages.Take(sent).Count(message => message.Source != source);
        messages.RemoveAll(message => message.Source == source);
    }

    private MessageHeaders? HeadersOf(in Message message, int start)
    {
        if (message.HeaderCount == 0)
        {
            return null;
        }

        headers.Set(
            arena.AsSpan(start, message.HeaderBytes),
            CollectionsMarshal.AsSpan(headerEnds).Slice(message.HeaderStart, 2 * message.HeaderCount));
        return headers;
    }

    private ReadOnlySpan<byte> Part(int start, int length) =>
        length == NullableBytes.Null ? default : length == 0 ? ""u8 : arena.AsSpan(start, length);

    private void Reserve(int bytes)
    {
        if (arena.Length - used < bytes)
        {
            Array.Resize(ref arena, (int)Math.Min(Array.MaxLength, Math.Max(2L * arena.Length, (long)used + bytes)));
        }
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(arena.AsSpan(used));
        used += bytes.Length;
    }

    private readonly record struct Message(
        int Source, ProduceTarget Target, int Partition, int Start, int KeyLength, int ValueLength, int HeaderBytes,
        int HeaderStart, int HeaderCount, long TimestampMs);
}

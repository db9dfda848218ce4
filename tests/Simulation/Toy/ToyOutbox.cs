using Streaming.Daemon.Kafka;

namespace Simulation.Toy;

/// <summary>Outputs since the last commit: sent at once, kept until the commit's outcome is known.</summary>
/// <remarks>Redo, not undo: after an abort all that is kept is sent again, in the same order.</remarks>
internal sealed class ToyOutbox(IKafkaPort port)
{
    private const int MostTries = 1_000;

    private readonly ProduceTarget forecasts = port.Target(ToyTopics.Forecasts);
    private readonly ProduceTarget deadLetters = port.Target(ToyTopics.DeadLetters);
    private readonly List<Message> messages = [];
    private byte[] arena = new byte[1 << 10];
    private int used;
    private int sent;

    public bool HasUnsent => sent < messages.Count;

    public void AddForecast(int partition, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value) =>
        Add(forecasts, partition, key, value);

    public void AddDeadLetter(int partition, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value) =>
        Add(deadLetters, partition, key, value);

    /// <summary>Sends what was not sent in the open transaction yet.</summary>
    /// <exception cref="KafkaPortException">The transaction has failed, or the port.</exception>
    public void SendRest()
    {
        for (; sent < messages.Count; sent++)
        {
            Message message = messages[sent];
            Send(
                port, message.Target, message.Partition, arena.AsSpan(message.Start, message.KeyLength),
                arena.AsSpan(message.Start + message.KeyLength, message.ValueLength));
        }
    }

    /// <summary>The transaction was aborted: all is to be sent again.</summary>
    public void Rewind() => sent = 0;

    /// <summary>The transaction was committed.</summary>
    public void Clear()
    {
        messages.Clear();
        (used, sent) = (0, 0);
    }

    /// <summary>Whether something of a partition was sent in the open transaction.</summary>
    public bool HasSent(int partition) => messages.FindIndex(0, sent, m => m.Partition == partition) >= 0;

    /// <summary>Forgets the outputs of a partition that is gone. Nothing of it may be in the open
    /// transaction.</summary>
    public void Drop(int partition)
    {
        int sentOfIt = messages.Take(sent).Count(m => m.Partition == partition);
        messages.RemoveAll(m => m.Partition == partition);
        sent -= sentOfIt;
    }

    /// <summary>Sends one message, however full the client's queue is at first.</summary>
    public static void Send(
        IKafkaPort port, ProduceTarget target, int partition, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        for (int tries = 0; !port.TryProduce(target, partition, key, value, null, 0); tries++)
        {
            if (tries == MostTries)
            {
                throw new InvalidOperationException("The client's queue stays full.");
            }

            port.Flush(TimeSpan.FromMilliseconds(5));
        }
    }

    private void Add(ProduceTarget target, int partition, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        int end = used + key.Length + value.Length;
        if (end > arena.Length)
        {
            Array.Resize(ref arena, 2 * end);
        }

        key.CopyTo(arena.AsSpan(used));
        value.CopyTo(arena.AsSpan(used + key.Length));
        messages.Add(new(target, partition, used, key.Length, value.Length));
        used = end;
    }

    private readonly record struct Message(
        ProduceTarget Target, int Partition, int Start, int KeyLength, int ValueLength);
}

namespace Streaming.Daemon.Output;

/// <summary>A growing run of bytes, reused from message to message.</summary>
/// <remarks>Spans are valid until the next Reserve, Append or Clear. Not thread-safe. Allocates only while it grows;
/// what it holds is bounded by what is written between two Clear.</remarks>
internal sealed class Utf8Buffer(int capacityBytes = 4_096)
{
    private byte[] bytes = new byte[capacityBytes];

    /// <summary>Bytes written so far: where the next message starts.</summary>
    public int Count { get; private set; }

    /// <summary>Everything written since the last Clear.</summary>
    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, Count);

    /// <summary>Forgets what was written and keeps the memory.</summary>
    public void Clear() => Count = 0;

    /// <summary>Room of at least so many bytes; what is used of it is then told to <see cref="Advance"/>.</summary>
    public Span<byte> Reserve(int bytes)
    {
        int needed = checked(Count + bytes);
        if (needed > this.bytes.Length)
        {
            long doubled = 2L * this.bytes.Length;
            Array.Resize(ref this.bytes, (int)Math.Clamp(doubled, needed, Math.Max(needed, Array.MaxLength)));
        }

        return this.bytes.AsSpan(Count);
    }

    /// <summary>Counts bytes that were written into the room.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or more than there is room for.</exception>
    public void Advance(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)bytes, (uint)(this.bytes.Length - Count), nameof(bytes));
        Count += bytes;
    }

    /// <summary>Copies bytes to the end.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        Count += bytes.Length;
    }
}

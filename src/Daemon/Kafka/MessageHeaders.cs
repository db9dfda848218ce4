namespace Streaming.Daemon.Kafka;

/// <summary>Headers of one message, kept in one growing arena and reused from message to message.</summary>
/// <remarks>Spans are valid until the next Add or Clear. Not thread-safe. Allocates only while it grows; what it
/// holds is bounded by what is added between two Clear.</remarks>
internal sealed class MessageHeaders
{
    private byte[] arena = new byte[512];
    private int[] ends = new int[16]; // end of name i at [2i], of value i at [2i + 1]
    private int used;

    /// <summary>Number of headers.</summary>
    public int Count { get; private set; }

    /// <summary>Forgets every header and keeps the memory.</summary>
    public void Clear()
    {
        Count = 0;
        used = 0;
    }

    /// <summary>Appends a header; both parts are copied. A name may occur twice, as Kafka allows.</summary>
    public void Add(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        int nameEnd = used + name.Length;
        int valueEnd = checked(nameEnd + value.Length);
        if (valueEnd > arena.Length)
        {
            Array.Resize(ref arena, Math.Max(valueEnd, 2 * arena.Length));
        }

        if (2 * Count == ends.Length)
        {
            Array.Resize(ref ends, 2 * ends.Length);
        }

        name.CopyTo(arena.AsSpan(used));
        value.CopyTo(arena.AsSpan(nameEnd));
        ends[2 * Count] = nameEnd;
        ends[(2 * Count) + 1] = valueEnd;
        used = valueEnd;
        Count++;
    }

    /// <summary>Names and values of all headers, one after the other.</summary>
    public ReadOnlySpan<byte> Bytes => arena.AsSpan(0, used);

    /// <summary>In <see cref="Bytes"/>, the end of each name and of its value, [2 · Count].</summary>
    public ReadOnlySpan<int> Ends => ends.AsSpan(0, 2 * Count);

    /// <summary>Takes the headers that another has given as <see cref="Bytes"/> and <see cref="Ends"/>.</summary>
    public void Set(ReadOnlySpan<byte> bytes, ReadOnlySpan<int> ends)
    {
        arena = bytes.Length > arena.Length ? new byte[2 * bytes.Length] : arena;
        this.ends = ends.Length > this.ends.Length ? new int[2 * ends.Length] : this.ends;
        bytes.CopyTo(arena);
        ends.CopyTo(this.ends);
        (used, Count) = (bytes.Length, ends.Length / 2);
    }

    /// <summary>Name of header i, UTF-8.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no header i.</exception>
    public ReadOnlySpan<byte> Name(int i) => Part(i, 2 * i);

    /// <summary>Value of header i.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no header i.</exception>
    public ReadOnlySpan<byte> Value(int i) => Part(i, (2 * i) + 1);

    private ReadOnlySpan<byte> Part(int i, int part)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)i, (uint)Count, nameof(i));
        int start = part == 0 ? 0 : ends[part - 1];
        return arena.AsSpan(start, ends[part] - start);
    }
}

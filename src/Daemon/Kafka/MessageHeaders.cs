namespace Streaming.Daemon.Kafka;

/// <summary>Headers of one message, kept in one growing arena and reused from message to message.</summary>
/// <remarks>Spans are valid until the next Add or Clear. Not thread-safe. Allocates only while it grows; what it
/// holds is bounded by what is added between two Clear.</remarks>
internal sealed class MessageHeaders
{
    private byte[] _arena = new byte[512];
    private int[] _ends = new int[16]; // end of name i at [2i], of value i at [2i + 1]
    private int _used;

    /// <summary>Number of headers.</summary>
    public int Count { get; private set; }

    /// <summary>Forgets every header and keeps the memory.</summary>
    public void Clear()
    {
        Count = 0;
        _used = 0;
    }

    /// <summary>Appends a header; both parts are copied. A name may occur twice, as Kafka allows.</summary>
    public void Add(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        int nameEnd = _used + name.Length;
        int valueEnd = checked(nameEnd + value.Length);
        if (valueEnd > _arena.Length)
        {
            Array.Resize(ref _arena, Math.Max(valueEnd, 2 * _arena.Length));
        }

        if (2 * Count == _ends.Length)
        {
            Array.Resize(ref _ends, 2 * _ends.Length);
        }

        name.CopyTo(_arena.AsSpan(_used));
        value.CopyTo(_arena.AsSpan(nameEnd));
        _ends[2 * Count] = nameEnd;
        _ends[(2 * Count) + 1] = valueEnd;
        _used = valueEnd;
        Count++;
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
        int start = part == 0 ? 0 : _ends[part - 1];
        return _arena.AsSpan(start, _ends[part] - start);
    }
}

namespace Streaming.Daemon.Kafka;

/// <summary>Headers of a message, built again for each one in the same buffer.</summary>
/// <remarks>Not thread-safe. Allocates only while its buffers grow.</remarks>
internal sealed class MessageHeaders
{
    private byte[] _bytes = new byte[256];
    private (int Start, int NameLength, int ValueLength)[] _entries = new (int, int, int)[8];
    private int _used;

    /// <summary>Number of headers.</summary>
    public int Count { get; private set; }

    /// <summary>Forgets all headers.</summary>
    public void Clear() => (Count, _used) = (0, 0);

    /// <summary>Adds a header; names may repeat.</summary>
    /// <param name="name">Name, UTF-8.</param>
    /// <param name="value">Value, copied.</param>
    public void Add(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        int end = _used + name.Length + value.Length;
        if (end > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(end, 2 * _bytes.Length));
        }

        if (Count == _entries.Length)
        {
            Array.Resize(ref _entries, 2 * Count);
        }

        name.CopyTo(_bytes.AsSpan(_used));
        value.CopyTo(_bytes.AsSpan(_used + name.Length));
        _entries[Count++] = (_used, name.Length, value.Length);
        _used = end;
    }

    /// <summary>Name of header <paramref name="i"/>, UTF-8; valid until the next Clear or Add.</summary>
    public ReadOnlySpan<byte> Name(int i) => _bytes.AsSpan(_entries[i].Start, _entries[i].NameLength);

    /// <summary>Value of header <paramref name="i"/>; valid until the next Clear or Add.</summary>
    public ReadOnlySpan<byte> Value(int i) =>
        _bytes.AsSpan(_entries[i].Start + _entries[i].NameLength, _entries[i].ValueLength);
}

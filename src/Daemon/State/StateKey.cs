namespace Streaming.Daemon.State;

/// <summary>Keys of the state topic: the kind, then the id of the series, if any; of a part its number before that.
/// </summary>
internal static class StateKey
{
    /// <summary>Bytes of a key before the id of the series, at most.</summary>
    public const int MaxHeadBytes = 2;

    /// <summary>Key of the marker.</summary>
    public static ReadOnlySpan<byte> Marker => [(byte)StateKind.Marker];

    /// <summary>Writes a key into a buffer.</summary>
    /// <returns>The part of the buffer that was written.</returns>
    public static ReadOnlySpan<byte> Write(StateKind kind, ReadOnlySpan<byte> seriesId, Span<byte> buffer)
    {
        buffer[0] = (byte)kind;
        seriesId.CopyTo(buffer[1..]);
        return buffer[..(1 + seriesId.Length)];
    }

    /// <summary>Writes the key of a part into a buffer.</summary>
    /// <returns>The part of the buffer that was written.</returns>
    public static ReadOnlySpan<byte> WritePart(int number, ReadOnlySpan<byte> seriesId, Span<byte> buffer)
    {
        (buffer[0], buffer[1]) = ((byte)StateKind.Part, checked((byte)number));
        seriesId.CopyTo(buffer[MaxHeadBytes..]);
        return buffer[..(MaxHeadBytes + seriesId.Length)];
    }

    /// <summary>Splits a key; false where it is none of ours.</summary>
    public static bool TryRead(ReadOnlySpan<byte> key, out StateKind kind, out ReadOnlySpan<byte> seriesId)
    {
        kind = key.IsEmpty ? default : (StateKind)key[0];
        int head = kind == StateKind.Part ? MaxHeadBytes : 1;
        seriesId = key.Length < head ? default : key[head..];
        return !key.IsEmpty && (kind == StateKind.Marker) == seriesId.IsEmpty && kind <= StateKind.Part;
    }
}

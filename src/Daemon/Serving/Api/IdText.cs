namespace Streaming.Daemon.Serving.Api;

/// <summary>The ids of many series in one piece of memory, to be searched whatever the case of ASCII letters: as fast as
/// memory is read, not a jump for each series.</summary>
/// <remarks>Immutable. Memory: bytes of the ids and five a series.</remarks>
internal sealed class IdText
{
    private const byte Between = 0xff; // in no UTF-8

    private readonly byte[] text;
    private readonly int[] ends; // of each id, where the byte between is

    /// <param name="ids">UTF-8.</param>
    public IdText(IReadOnlyCollection<byte[]> ids)
    {
        text = new byte[ids.Sum(id => id.Length + 1)];
        ends = new int[ids.Count];
        int end = 0, at = 0;
        foreach (byte[] id in ids)
        {
            Lower(id, text.AsSpan(end, id.Length));
            end += id.Length;
            ends[at++] = end;
            text[end++] = Between;
        }
    }

    /// <summary>Finds the ids that have some text in them.</summary>
    /// <param name="sought">UTF-8, one byte at least.</param>
    /// <param name="found">Set where they do, by place.</param>
    /// <returns>How many.</returns>
    public int Find(ReadOnlySpan<byte> sought, Span<bool> found)
    {
        byte[] lower = new byte[sought.Length];
        Lower(sought, lower);
        int count = 0, at = 0;
        for (int from = 0; text.AsSpan(from).IndexOf(lower) is >= 0 and var hit; from = ends[at] + 1, count++)
        {
            while (ends[at] <= from + hit)
            {
                at++;
            }

            found[at] = true;
        }

        return count;
    }

    private static void Lower(ReadOnlySpan<byte> source, Span<byte> target)
    {
        for (int i = 0; i < source.Length; i++)
        {
            target[i] = source[i] is >= (byte)'A' and <= (byte)'Z' ? (byte)(source[i] | 0x20) : source[i];
        }
    }
}

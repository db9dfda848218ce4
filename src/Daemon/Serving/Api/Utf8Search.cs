namespace Streaming.Daemon.Serving.Api;

/// <summary>Finds text within UTF-8, whatever the case of ASCII letters.</summary>
internal static class Utf8Search
{
    /// <param name="text">Where to look.</param>
    /// <param name="sought">What to look for; nothing is everywhere.</param>
    public static bool Contains(ReadOnlySpan<byte> text, ReadOnlySpan<byte> sought)
    {
        if (sought.IsEmpty)
        {
            return true;
        }

        byte lower = ToLower(sought[0]), upper = ToUpper(sought[0]);
        while (text.Length >= sought.Length)
        {
            int at = text[..(text.Length - sought.Length + 1)].IndexOfAny(lower, upper);
            if (at < 0)
            {
                return false;
            }

            if (IsSame(text.Slice(at, sought.Length), sought))
            {
                return true;
            }

            text = text[(at + 1)..];
        }

        return false;
    }

    private static bool IsSame(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        for (int i = 0; i < a.Length; i++)
        {
            if (ToLower(a[i]) != ToLower(b[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static byte ToLower(byte b) => b is >= (byte)'A' and <= (byte)'Z' ? (byte)(b | 0x20) : b;

    private static byte ToUpper(byte b) => b is >= (byte)'a' and <= (byte)'z' ? (byte)(b & ~0x20) : b;
}

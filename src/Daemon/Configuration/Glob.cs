namespace Streaming.Daemon.Configuration;

/// <summary>A selector on series ids: '*' stands for any characters, '?' for one, everything else for itself.</summary>
/// <remarks>
/// Case-sensitive, over UTF-16 characters. The parts between stars are looked for from left to right, each at its
/// first place past the one before, and never moved again: at most id length × selector length comparisons.
/// Immutable and thread-safe; matching allocates nothing.
/// </remarks>
internal sealed class Glob
{
    private readonly string[] parts;

    public Glob(string pattern) => parts = pattern.Split('*');

    public bool IsMatch(ReadOnlySpan<char> text)
    {
        string first = parts[0];
        string last = parts[^1];
        if (parts.Length == 1)
        {
            return text.Length == first.Length && StartsWith(text, first);
        }

        if (text.Length < first.Length + last.Length
            || !StartsWith(text, first)
            || !StartsWith(text[^last.Length..], last))
        {
            return false;
        }

        text = text[first.Length..^last.Length];
        for (int i = 1; i < parts.Length - 1; i++)
        {
            int at = IndexOf(text, parts[i]);
            if (at < 0)
            {
                return false;
            }

            text = text[(at + parts[i].Length)..];
        }

        return true;
    }

    private static int IndexOf(ReadOnlySpan<char> text, string part)
    {
        for (int at = 0; at + part.Length <= text.Length; at++)
        {
            if (StartsWith(text[at..], part))
            {
                return at;
            }
        }

        return -1;
    }

    private static bool StartsWith(ReadOnlySpan<char> text, string part)
    {
        for (int i = 0; i < part.Length; i++)
        {
            if (part[i] != '?' && part[i] != text[i])
            {
                return false;
            }
        }

        return true;
    }
}

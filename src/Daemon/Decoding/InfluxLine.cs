using System.Buffers;

namespace Streaming.Daemon.Decoding;

/// <summary>One line of InfluxDB line protocol in its three parts, as they stand: measurement,tag=v field=v
/// time.</summary>
/// <remarks>A backslash escapes a comma, equals sign or blank of names and tags, and a quote or backslash of quoted
/// text; before anything else it is a letter. Quoted text may hold newlines.</remarks>
internal readonly ref struct InfluxLine
{
    private static readonly SearchValues<byte> Stops = SearchValues.Create(" \n\\\""u8);

    /// <summary>Measurement and tags.</summary>
    public ReadOnlySpan<byte> Series { get; private init; }

    /// <summary>Fields.</summary>
    public ReadOnlySpan<byte> Fields { get; private init; }

    /// <summary>The time; empty if there is none.</summary>
    public ReadOnlySpan<byte> Time { get; private init; }

    /// <summary>Whether a text looks like line protocol: an equals sign after a blank, and no bracket or comment
    /// first.</summary>
    public static bool IsLikely(ReadOnlySpan<byte> text)
    {
        int blank = text.IndexOf((byte)' ');
        return blank > 0 && text[0] is >= (byte)' ' and not ((byte)'{' or (byte)'[' or (byte)'#')
            && text[(blank + 1)..].IndexOf((byte)'=') > 0;
    }

    /// <summary>Takes the next line that is neither empty nor a comment.</summary>
    /// <param name="text">The lines; moved past the one taken.</param>
    /// <param name="line">Its parts; without fields where it is no line of the protocol.</param>
    /// <returns>False at the end.</returns>
    public static bool TryTake(ref ReadOnlySpan<byte> text, out InfluxLine line)
    {
        line = default;
        while (!text.IsEmpty)
        {
            if (text[0] is (byte)' ' or (byte)'\r' or (byte)'\n' or (byte)'\t')
            {
                text = text[1..];
            }
            else if (text[0] == '#')
            {
                TakeRest(ref text);
            }
            else
            {
                line = Take(ref text);
                return true;
            }
        }

        return false;
    }

    /// <summary>Takes what stands before a separator that is not escaped.</summary>
    /// <param name="text">Moved past the separator, or to its end where there is none.</param>
    /// <param name="separator">What ends the token.</param>
    /// <param name="token">The token, its escapes as they stand.</param>
    /// <param name="isEscaped">Whether it may hold some.</param>
    /// <returns>Whether the separator was there.</returns>
    public static bool TryTakeToken(
        ref ReadOnlySpan<byte> text, byte separator, out ReadOnlySpan<byte> token, out bool isEscaped)
    {
        isEscaped = false;
        int at = 0;
        while (true)
        {
            int next = text[at..].IndexOfAny(separator, (byte)'\\');
            if (next < 0)
            {
                token = text;
                text = default;
                return false;
            }

            at += next;
            if (text[at] == separator)
            {
                token = text[..at];
                text = text[(at + 1)..];
                return true;
            }

            isEscaped = true;
            at = Math.Min(at + 2, text.Length);
        }
    }

    /// <summary>Where quoted text ends that begins at a place: past its closing quote, or the text's end.</summary>
    public static int EndOfQuotes(ReadOnlySpan<byte> text, int at)
    {
        for (at++; at < text.Length; at++)
        {
            int next = text[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (next < 0)
            {
                return text.Length;
            }

            at += next;
            if (text[at] == '"')
            {
                return at + 1;
            }

            at++;
        }

        return text.Length;
    }

    private static InfluxLine Take(ref ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> series = TakePart(ref text, canQuote: false);
        ReadOnlySpan<byte> fields = TakePart(ref text, canQuote: true);
        bool hasReturn = !fields.IsEmpty && fields[^1] == '\r';
        return new() { Series = series, Fields = hasReturn ? fields[..^1] : fields, Time = TakeRest(ref text) };
    }

    /// <summary>Takes a part up to a blank or the line's end, and the blanks after it.</summary>
    private static ReadOnlySpan<byte> TakePart(ref ReadOnlySpan<byte> text, bool canQuote)
    {
        int end = EndOfPart(text, canQuote);
        ReadOnlySpan<byte> part = text[..end];
        while (end < text.Length && text[end] == ' ')
        {
            end++;
        }

        text = text[end..];
        return part;
    }

    private static int EndOfPart(ReadOnlySpan<byte> text, bool canQuote)
    {
        int at = 0;
        while (at < text.Length)
        {
            int next = text[at..].IndexOfAny(Stops);
            if (next < 0)
            {
                break;
            }

            at += next;
            switch (text[at])
            {
                case (byte)'\\':
                    at += at + 1 < text.Length && text[at + 1] == '\n' ? 1 : 2;
                    break;
                case (byte)'"':
                    at = canQuote && at > 0 && text[at - 1] == '=' ? EndOfQuotes(text, at) : at + 1;
                    break;
                default:
                    return at;
            }
        }

        return text.Length;
    }

    private static ReadOnlySpan<byte> TakeRest(ref ReadOnlySpan<byte> text)
    {
        int end = text.IndexOf((byte)'\n');
        ReadOnlySpan<byte> rest = end < 0 ? text : text[..end];
        text = end < 0 ? default : text[(end + 1)..];
        return rest.IsEmpty || rest[^1] > ' ' ? rest : rest.TrimEnd(" \r\t"u8);
    }
}

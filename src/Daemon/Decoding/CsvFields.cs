namespace Streaming.Daemon.Decoding;

/// <summary>Takes the fields of CSV text one after the other (RFC 4180; lines may end without \r).</summary>
internal ref struct CsvFields(ReadOnlySpan<byte> text, byte separator)
{
    private ReadOnlySpan<byte> text = text;

    /// <summary>Whether all is taken.</summary>
    public readonly bool IsAtEnd => text.IsEmpty;

    /// <summary>Takes a field, and what ends it.</summary>
    /// <param name="field">Without quotes around it; trimmed where it has none. A quote within stands twice.</param>
    /// <param name="isLast">Whether its line ends with it.</param>
    /// <returns>False if something follows its closing quote, or that is missing.</returns>
    public bool TryTake(out ReadOnlySpan<byte> field, out bool isLast)
    {
        bool isQuoted = !text.IsEmpty && text[0] == '"';
        int end = isQuoted ? EndOfQuotes() : text.IndexOfAny(separator, (byte)'\n');
        int length = end < 0 ? text.Length : end;
        field = text[..length];
        text = text[length..];
        if (isQuoted)
        {
            bool isClosed = end > 0;
            field = isClosed ? field[1..^1] : default;
            if (text.StartsWith("\r\n"u8))
            {
                text = text[1..];
            }

            isLast = text.IsEmpty || text[0] == '\n';
            bool isEnd = isLast || text[0] == separator;
            SkipOne();
            return isClosed && isEnd;
        }

        field = field.Trim(" \r"u8);
        isLast = text.IsEmpty || text[0] == '\n';
        SkipOne();
        return true;
    }

    /// <summary>Skips what is left of a line.</summary>
    public void SkipLine()
    {
        int end = text.IndexOf((byte)'\n');
        text = end < 0 ? default : text[(end + 1)..];
    }

    private void SkipOne() => text = text.IsEmpty ? text : text[1..];

    /// <summary>Bytes from the opening quote to past the closing one; −1 if there is none.</summary>
    private readonly int EndOfQuotes()
    {
        int at = 1;
        while (true)
        {
            int quote = text[at..].IndexOf((byte)'"');
            if (quote < 0)
            {
                return -1;
            }

            at += quote + 1;
            if (at == text.Length || text[at] != '"')
            {
                return at;
            }

            at++;
        }
    }
}

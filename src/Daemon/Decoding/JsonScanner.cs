using System.Buffers;

namespace Streaming.Daemon.Decoding;

/// <summary>Reads JSON tokens one after the other (RFC 8259).</summary>
/// <remarks>Utf8JsonReader reports bad JSON by exceptions, which are too dear for a stream of bad records, and knows no
/// NaN; this reader returns <see cref="JsonKind.None"/>. Bytes within text are not checked to be UTF-8.</remarks>
internal ref struct JsonScanner(ReadOnlySpan<byte> json)
{
    /// <summary>What ends a run of plain characters: quotes, escapes and control characters.</summary>
    private static readonly SearchValues<byte> TextStops = SearchValues.Create(
        "\"\\\0\u0001\u0002\u0003\u0004\u0005\u0006\a\b\t\n\v\f\r\u000e\u000f\u0010\u0011\u0012\u0013\u0014\u0015"u8
            + "\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f"u8);

    private readonly ReadOnlySpan<byte> json = json;
    private int at = 0;

    /// <summary>Skips blanks and takes the byte if it comes next.</summary>
    public bool TryTake(byte wanted)
    {
        if (Peek() != wanted)
        {
            return false;
        }

        at++;
        return true;
    }

    /// <summary>Whether nothing but blanks is left.</summary>
    public bool IsAtEnd()
    {
        _ = Peek();
        return at == json.Length;
    }

    /// <summary>Reads a scalar, or the opening bracket of an object or array.</summary>
    public JsonField ReadValue() => Peek() switch
    {
        (byte)'"' => ReadText(),
        (byte)'{' => ReadBracket(JsonKind.Object),
        (byte)'[' => ReadBracket(JsonKind.Array),
        (byte)'t' => ReadWord("true"u8, JsonKind.Bool),
        (byte)'f' => ReadWord("false"u8, JsonKind.Bool),
        (byte)'n' => ReadWord("null"u8, JsonKind.Null),
        (byte)'N' => ReadWord("NaN"u8, JsonKind.NotFinite),
        (byte)'I' => ReadWord("Infinity"u8, JsonKind.NotFinite),
        (byte)'-' when Ahead(1) == 'I' => ReadWord("-Infinity"u8, JsonKind.NotFinite),
        _ => ReadNumber(),
    };

    /// <summary>Reads text; a property's name too.</summary>
    public JsonField ReadText()
    {
        if (!TryTake((byte)'"'))
        {
            return default;
        }

        int start = at;
        bool isEscaped = false;
        while (true)
        {
            int plain = json[at..].IndexOfAny(TextStops);
            if (plain < 0)
            {
                return default;
            }

            at += plain;
            if (json[at] == '"')
            {
                return new(JsonKind.Text, start, at++ - start, isEscaped);
            }

            if (json[at] != '\\' || !SkipEscape())
            {
                return default;
            }

            isEscaped = true;
        }
    }

    /// <summary>The next byte that is no blank; 0, which no token starts with, at the end.</summary>
    private byte Peek()
    {
        while (at < json.Length)
        {
            byte b = json[at];
            if (b is not ((byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'))
            {
                return b;
            }

            at++;
        }

        return 0;
    }

    private readonly byte Ahead(int bytes) => at + bytes < json.Length ? json[at + bytes] : (byte)0;

    private JsonField ReadBracket(JsonKind kind)
    {
        at++;
        return new(kind);
    }

    private JsonField ReadWord(ReadOnlySpan<byte> word, JsonKind kind)
    {
        if (!json[at..].StartsWith(word))
        {
            return default;
        }

        at += word.Length;
        return new(kind, at - word.Length, word.Length);
    }

    /// <summary>Reads -?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?.</summary>
    private JsonField ReadNumber()
    {
        int start = at;
        at += Ahead(0) == '-' ? 1 : 0;
        if (Ahead(0) == '0')
        {
            at++;
        }
        else if (!SkipDigits())
        {
            return default;
        }

        if (Ahead(0) == '.')
        {
            at++;
            if (!SkipDigits())
            {
                return default;
            }
        }

        if ((Ahead(0) | 0x20) == 'e')
        {
            at += Ahead(1) is (byte)'+' or (byte)'-' ? 2 : 1;
            if (!SkipDigits())
            {
                return default;
            }
        }

        return new(JsonKind.Number, start, at - start);
    }

    /// <summary>Skips digits; false if there is none.</summary>
    private bool SkipDigits()
    {
        int start = at;
        while (Ahead(0) is >= (byte)'0' and <= (byte)'9')
        {
            at++;
        }

        return at > start;
    }

    /// <summary>Skips \n, \u00e9 and the like; false if it is no escape of JSON.</summary>
    private bool SkipEscape()
    {
        byte kind = Ahead(1);
        if (kind != 'u')
        {
            at += 2;
            return "\"\\/bfnrt"u8.Contains(kind);
        }

        for (int i = 2; i < 6; i++)
        {
            if (!char.IsAsciiHexDigit((char)Ahead(i)))
            {
                return false;
            }
        }

        at += 6;
        return true;
    }
}

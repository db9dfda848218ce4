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

    private readonly ReadOnlySpan<byte> _json = json;
    private int _at = 0;

    /// <summary>Skips blanks and takes the byte if it comes next.</summary>
    public bool TryTake(byte wanted)
    {
        if (Peek() != wanted)
        {
            return false;
        }

        _at++;
        return true;
    }

    /// <summary>Whether nothing but blanks is left.</summary>
    public bool IsAtEnd()
    {
        _ = Peek();
        return _at == _json.Length;
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

        int start = _at;
        bool isEscaped = false;
        while (true)
        {
            int plain = _json[_at..].IndexOfAny(TextStops);
            if (plain < 0)
            {
                return default;
            }

            _at += plain;
            if (_json[_at] == '"')
            {
                return new(JsonKind.Text, start, _at++ - start, isEscaped);
            }

            if (_json[_at] != '\\' || !SkipEscape())
            {
                return default;
            }

            isEscaped = true;
        }
    }

    /// <summary>The next byte that is no blank; 0, which no token starts with, at the end.</summary>
    private byte Peek()
    {
        while (_at < _json.Length)
        {
            byte b = _json[_at];
            if (b is not ((byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'))
            {
                return b;
            }

            _at++;
        }

        return 0;
    }

    private readonly byte Ahead(int bytes) => _at + bytes < _json.Length ? _json[_at + bytes] : (byte)0;

    private JsonField ReadBracket(JsonKind kind)
    {
        _at++;
        return new(kind);
    }

    private JsonField ReadWord(ReadOnlySpan<byte> word, JsonKind kind)
    {
        if (!_json[_at..].StartsWith(word))
        {
            return default;
        }

        _at += word.Length;
        return new(kind, _at - word.Length, word.Length);
    }

    /// <summary>Reads -?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?.</summary>
    private JsonField ReadNumber()
    {
        int start = _at;
        _at += Ahead(0) == '-' ? 1 : 0;
        if (Ahead(0) == '0')
        {
            _at++;
        }
        else if (!SkipDigits())
        {
            return default;
        }

        if (Ahead(0) == '.')
        {
            _at++;
            if (!SkipDigits())
            {
                return default;
            }
        }

        if ((Ahead(0) | 0x20) == 'e')
        {
            _at += Ahead(1) is (byte)'+' or (byte)'-' ? 2 : 1;
            if (!SkipDigits())
            {
                return default;
            }
        }

        return new(JsonKind.Number, start, _at - start);
    }

    /// <summary>Skips digits; false if there is none.</summary>
    private bool SkipDigits()
    {
        int start = _at;
        while (Ahead(0) is >= (byte)'0' and <= (byte)'9')
        {
            _at++;
        }

        return _at > start;
    }

    /// <summary>Skips \n, \u00e9 and the like; false if it is no escape of JSON.</summary>
    private bool SkipEscape()
    {
        byte kind = Ahead(1);
        if (kind != 'u')
        {
            _at += 2;
            return "\"\\/bfnrt"u8.Contains(kind);
        }

        for (int i = 2; i < 6; i++)
        {
            if (!char.IsAsciiHexDigit((char)Ahead(i)))
            {
                return false;
            }
        }

        _at += 6;
        return true;
    }
}

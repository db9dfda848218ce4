using System.Globalization;
using System.Text;

namespace Streaming.Daemon.Decoding;

/// <summary>Reads a double from text, correctly rounded.</summary>
internal static class NumberReader
{
    /// <summary>Largest integer below which every integer is a double.</summary>
    private const ulong MaxExact = 1UL << 53;

    /// <summary>Powers of ten that are exact doubles.</summary>
    private static readonly double[] PowersOfTen =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ];

    /// <summary>Reads a number; NaN and infinities, spelt out or by overflow, are read as such.</summary>
    /// <remarks>An integer below 2^53 over a power of ten up to 10^22 takes one correctly rounded division (Clinger
    /// 1990); anything else goes to the runtime's parser.</remarks>
    public static bool TryParse(ReadOnlySpan<byte> text, out double value)
    {
        ulong digits = 0;
        int point = -1;
        int start = text.Length > 0 && text[0] == '-' ? 1 : 0;
        int i = start;
        for (; i < text.Length; i++)
        {
            uint digit = (uint)text[i] - '0';
            if (digit <= 9 && digits < MaxExact / 10)
            {
                digits = (digits * 10) + digit;
            }
            else if (text[i] == '.' && point < 0)
            {
                point = i;
            }
            else
            {
                break;
            }
        }

        int decimals = point < 0 ? 0 : i - point - 1;
        bool isPlain = i == text.Length && i > start && point != start && point != i - 1;
        if (!isPlain || decimals >= PowersOfTen.Length)
        {
            return TryParseAny(text, out value);
        }

        value = digits / PowersOfTen[decimals];
        value = start == 0 ? value : -value;
        return true;
    }

    private static bool TryParseAny(ReadOnlySpan<byte> text, out double value)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value))
        {
            return true;
        }

        ReadOnlySpan<byte> word = text.Length > 0 && text[0] is (byte)'+' or (byte)'-' ? text[1..] : text;
        value = double.NaN;
        return Ascii.EqualsIgnoreCase(word, "inf"u8); // as Prometheus and Go write it
    }
}

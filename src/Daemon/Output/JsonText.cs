using System.Globalization;
using System.Text;

namespace Streaming.Daemon.Output;

/// <summary>Text that is encoded once and copied from then on: ids, versions, steps.</summary>
internal static class JsonText
{
    /// <summary>The text as a JSON string with its quotes. Only quotes, backslashes and control characters (C0, DEL and
    /// C1) are escaped; other characters stay UTF-8.</summary>
    /// <param name="utf8">Valid UTF-8.</param>
    public static byte[] Quote(ReadOnlySpan<byte> utf8)
    {
        var json = new Utf8Buffer(utf8.Length + 16);
        json.Append("\""u8);
        for (int i = 0; i < utf8.Length; i++)
        {
            byte b = utf8[i];
            if (b is (byte)'"' or (byte)'\\')
            {
                json.Append([(byte)'\\', b]);
            }
            else if (b is < 0x20 or 0x7F)
            {
                AppendEscape(json, b);
            }
            else if (b == 0xC2 && i + 1 < utf8.Length && utf8[i + 1] is >= 0x80 and < 0xA0)
            {
                AppendEscape(json, utf8[++i]); // C1: U+0080 to U+009F, whose second byte is the code itself
            }
            else
            {
                json.Append([b]);
            }
        }

        json.Append("\""u8);
        return json.Written.ToArray();
    }

    /// <summary>The text as a JSON string with its quotes.</summary>
    public static byte[] Quote(string text) => Quote(Encoding.UTF8.GetBytes(text));

    /// <summary>A step as a JSON string: "PT300S", "PT0.5S"; zero ticks is event mode, "event".</summary>
    /// <param name="stepTicks">Length of a step in ticks of 100 ns.</param>
    public static byte[] Step(long stepTicks) => Quote(stepTicks == 0
        ? "event"
        : string.Create(CultureInfo.InvariantCulture, $"PT{(decimal)stepTicks / TimeSpan.TicksPerSecond:0.#######}S"));

    private static void AppendEscape(Utf8Buffer json, byte code)
    {
        json.Append("\\u00"u8);
        json.Append([HexDigit(code >> 4), HexDigit(code & 15)]);
    }

    private static byte HexDigit(int digit) => (byte)(digit < 10 ? '0' + digit : 'a' + digit - 10);
}

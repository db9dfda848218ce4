using System.Buffers.Text;
using System.Text;

namespace Streaming.Daemon.Decoding;

/// <summary>Resolves the escapes of JSON text.</summary>
internal static class JsonString
{
    /// <summary>Resolves escapes that <see cref="JsonScanner"/> has accepted.</summary>
    /// <param name="raw">Text between its quotes.</param>
    /// <param name="destination">At least as long as the text.</param>
    /// <param name="writtenBytes">Length of the result.</param>
    /// <returns>False if an escape is half of a surrogate pair.</returns>
    public static bool TryUnescape(ReadOnlySpan<byte> raw, Span<byte> destination, out int writtenBytes)
    {
        writtenBytes = 0;
        while (true)
        {
            int plain = raw.IndexOf((byte)'\\');
            ReadOnlySpan<byte> run = plain < 0 ? raw : raw[..plain];
            run.CopyTo(destination[writtenBytes..]);
            writtenBytes += run.Length;
            if (plain < 0)
            {
                return true;
            }

            raw = raw[plain..];
            if (raw[1] != 'u')
            {
                destination[writtenBytes++] = Resolve(raw[1]);
                raw = raw[2..];
                continue;
            }

            uint code = Hex(raw);
            raw = raw[6..];
            if (char.IsHighSurrogate((char)code) && raw.StartsWith("\\u"u8) && char.IsLowSurrogate((char)Hex(raw)))
            {
                code = (uint)char.ConvertToUtf32((char)code, (char)Hex(raw));
                raw = raw[6..];
            }

            if (!Rune.TryCreate(code, out Rune rune))
            {
                return false;
            }

            writtenBytes += rune.EncodeToUtf8(destination[writtenBytes..]);
        }
    }

    private static byte Resolve(byte escape) => escape switch
    {
        (byte)'b' => (byte)'\b',
        (byte)'f' => (byte)'\f',
        (byte)'n' => (byte)'\n',
        (byte)'r' => (byte)'\r',
        (byte)'t' => (byte)'\t',
        _ => escape,
    };

    private static uint Hex(ReadOnlySpan<byte> escape) =>
        Utf8Parser.TryParse(escape.Slice(2, 4), out uint code, out _, 'x') ? code : 0;
}

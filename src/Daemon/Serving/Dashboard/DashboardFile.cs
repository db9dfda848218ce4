using System.IO.Compression;
using System.Security.Cryptography;

namespace Streaming.Daemon.Serving.Dashboard;

/// <summary>One file of the dashboard, in the encodings that browsers ask for. Immutable, thread-safe.</summary>
/// <param name="contentType">Its MIME type.</param>
/// <param name="plain">The file.</param>
internal sealed class DashboardFile(string contentType, byte[] plain)
{
    private readonly Lazy<byte[]> brotli = new(() => Encode(plain, stream => new BrotliStream(stream, CompressionLevel.Optimal)));
    private readonly Lazy<byte[]> gzip = new(() => Encode(plain, stream => new GZipStream(stream, CompressionLevel.Optimal)));

    public string ContentType => contentType;

    /// <summary>Strong validator of the content, quoted, without its encoding.</summary>
    public string Hash { get; } = Convert.ToHexStringLower(SHA256.HashData(plain).AsSpan(0, 12));

    /// <summary>The file as it is sent, compressed at the first request that takes it so.</summary>
    /// <param name="acceptEncoding">What the browser accepts: "gzip, deflate, br".</param>
    /// <returns>The body, and its Content-Encoding; null for none.</returns>
    public (byte[] Body, string? Encoding) For(string acceptEncoding) =>
        Accepts(acceptEncoding, "br") ? (brotli.Value, "br")
        : Accepts(acceptEncoding, "gzip") ? (gzip.Value, "gzip")
        : (plain, null);

    /// <remarks>A quality of 0 refuses; other qualities don't matter, for what is accepted at all may be sent.</remarks>
    private static bool Accepts(string acceptEncoding, string encoding)
    {
        foreach (string part in acceptEncoding.Split(',', StringSplitOptions.TrimEntries))
        {
            string[] words = part.Split(';', StringSplitOptions.TrimEntries);
            if (words[0].Equals(encoding, StringComparison.OrdinalIgnoreCase))
            {
                return words.Length == 1 || words[1] is not ("q=0" or "q=0.0" or "q=0.00" or "q=0.000");
            }
        }

        return false;
    }

    private static byte[] Encode(byte[] plain, Func<Stream, Stream> over)
    {
        using var encoded = new MemoryStream();
        using (Stream stream = over(encoded))
        {
            stream.Write(plain);
        }

        return encoded.ToArray();
    }
}

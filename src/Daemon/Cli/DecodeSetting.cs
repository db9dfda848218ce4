using System.Text;
using Streaming.Daemon.Decoding;
using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Cli;

/// <summary>What records given to decode have beside their values, as Kafka would: key, headers, and now for their
/// timestamp.</summary>
internal sealed class DecodeSetting
{
    private readonly byte[]? key;
    private readonly byte[] headers;
    private readonly long nowMs = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    /// <param name="key">Key of all records; null for none.</param>
    /// <param name="headers">Headers of all records, each NAME=VALUE.</param>
    public DecodeSetting(string? key, IReadOnlyList<string> headers)
    {
        this.key = key is null ? null : Encoding.UTF8.GetBytes(key);
        var given = new MessageHeaders();
        foreach (string header in headers)
        {
            int at = header.IndexOf('=', StringComparison.Ordinal);
            given.Add(Encoding.UTF8.GetBytes(header[..at]), Encoding.UTF8.GetBytes(header[(at + 1)..]));
        }

        this.headers = new byte[RecordHeaders.Bytes(given)];
        RecordHeaders.Write(given, this.headers);
    }

    /// <summary>A record of a value.</summary>
    public InputRecord Record(ReadOnlySpan<byte> value) => new()
    {
        Key = key,
        HasKey = key is not null,
        Value = value,
        Headers = new(headers),
        TimestampMs = nowMs,
    };
}

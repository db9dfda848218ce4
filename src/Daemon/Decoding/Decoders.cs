using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Decoding;

/// <summary>The decoder of each wire format.</summary>
internal static class Decoders
{
    /// <summary>Makes the decoder of the configured format.</summary>
    public static IRecordDecoder Create(InputOptions options) => new JsonDecoder(options);
}

using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Decoding;

/// <summary>Reads series id, event time and value out of a JSON record.</summary>
/// <remarks>Never throws for what a record holds, and allocates nothing. Not thread-safe: one per lane.</remarks>
internal sealed class JsonDecoder
{
    /// <summary>Longest accepted series id and key, in bytes.</summary>
    public const int MaxIdBytes = 512;

    public JsonDecoder(InputOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
    }

    /// <summary>Decodes one record.</summary>
    /// <param name="key">The record's key; empty if it has none.</param>
    /// <param name="hasKey">Whether the record has a key: no key is fine, an empty one is not.</param>
    /// <param name="value">The record's value; empty for a tombstone.</param>
    /// <param name="observation">What was read; default if the record is refused.</param>
    /// <returns><see cref="RejectReason.None"/> if the record is fine.</returns>
#pragma warning disable CA1822 // instance state comes with the body
    public RejectReason Decode(
        ReadOnlySpan<byte> key, bool hasKey, ReadOnlySpan<byte> value, out Observation observation)
    {
        observation = default;
        return RejectReason.NotJson;
    }
#pragma warning restore CA1822
}

using System.Text.Json.Serialization;

namespace Streaming.Daemon.Configuration;

/// <summary>One thing that is wrong with the configuration.</summary>
/// <param name="Key">Path of the key ("Model:Horizons"), or of the file.</param>
/// <param name="Message">What is wrong and what would be right, for an operator to read.</param>
internal sealed record ConfigurationError(
    [property: JsonPropertyName("key")] string Key, [property: JsonPropertyName("message")] string Message)
{
    public override string ToString() => $"{Key}: {Message}";
}

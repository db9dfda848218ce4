using System.Text.RegularExpressions;

namespace Streaming.Daemon.Configuration;

/// <summary>Keeps secrets out of what is printed.</summary>
internal static partial class Secrets
{
    public const string Mask = "******";

    /// <summary>Whether a Kafka property's value must not be shown. Rather one too many than one too few.</summary>
    public static bool IsSecret(string property) => SecretName().IsMatch(property);

    /// <summary>A copy of Kafka properties that shows no secret.</summary>
    /// <param name="properties">The properties.</param>
    /// <param name="section">Where they are in the configuration.</param>
    /// <param name="isSecret">Whether a key was set by a secret: that may be misspelt.</param>
    public static IReadOnlyDictionary<string, string> Masked(
        IReadOnlyDictionary<string, string> properties, string section, Func<string, bool>? isSecret) =>
        properties.ToDictionary(
            pair => pair.Key,
            pair => IsSecret(pair.Key) || isSecret?.Invoke($"{section}:{pair.Key}") == true ? Mask : pair.Value);

    [GeneratedRegex("pass|secret|key|token|credential|jaas|oauthbearer|assertion", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();
}

namespace Streaming.Daemon.Configuration;

/// <summary>Keys and values from one source.</summary>
/// <param name="Name">The source as an operator knows it: a file, or "environment".</param>
/// <param name="Values">Its content; keys are case-insensitive, parts separated by ':'.</param>
/// <param name="IsSecret">Whether no value of it may be shown.</param>
internal sealed record ConfigurationLayer(string Name, IConfiguration Values, bool IsSecret = false)
{
    /// <summary>A text of this source, fit for an error.</summary>
    public string Shown(string? text) => IsSecret ? Secrets.Mask : $"'{text}'";

    /// <summary>Whether this source says anything about a key or what lies below it.</summary>
    /// <remarks>What is null, and an empty section, counts as not named.</remarks>
    public bool Has(string path) => Value(path) is not null || Children(path).Any(name => Has($"{path}:{name}"));

    /// <summary>Text of a key; null where there is none.</summary>
    public string? Value(string path) => Values[path];

    /// <summary>Names directly below a key; the empty path is the root.</summary>
    public IEnumerable<string> Children(string path) =>
        (path.Length == 0 ? Values : Values.GetSection(path)).GetChildren().Select(child => child.Key);
}

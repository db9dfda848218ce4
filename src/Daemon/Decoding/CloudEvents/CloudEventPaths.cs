using System.Text;
using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Decoding.CloudEvents;

/// <summary>Where the configured paths lead: into an event's data, or with "ce." before it, to an attribute.</summary>
internal sealed class CloudEventPaths
{
    public const int Series = 0;
    public const int Time = 1;
    public const int Value = 2;

    /// <summary>The attribute time, for an event whose data has none.</summary>
    public const int EventTime = 3;

    /// <summary>Paths, <see cref="EventTime"/> included.</summary>
    public const int Count = 4;

    private const string Prefix = "ce.";

    private readonly string[] paths;
    private readonly byte[]?[] headers;

    public CloudEventPaths(InputOptions options)
    {
        paths = [options.SeriesPath, options.TimePath, options.ValuePath, $"{Prefix}time"];
        headers = Array.ConvertAll(
            paths, path => IsAttributePath(path) ? Encoding.UTF8.GetBytes($"ce_{path[Prefix.Length..]}") : null);
    }

    /// <summary>Paths from the envelope of an event in structured mode.</summary>
    public IEnumerable<string> FromEnvelope =>
        paths.Select(path => IsAttributePath(path) ? path[Prefix.Length..] : $"data.{path}");

    /// <summary>Paths from the data; those of attributes lead nowhere there.</summary>
    public IEnumerable<string> FromData => paths;

    /// <summary>Header of an attribute in binary mode; null for a path into the data.</summary>
    public ReadOnlySpan<byte> Header(int path) => headers[path];

    public bool IsAttribute(int path) => headers[path] is not null;

    private static bool IsAttributePath(string path) => path.StartsWith(Prefix, StringComparison.Ordinal);
}

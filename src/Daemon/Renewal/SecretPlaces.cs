using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Renewal;

/// <summary>Where secrets lie that the process has read from files.</summary>
/// <param name="Paths">Files, and folders with all that is in them.</param>
internal sealed record SecretPlaces(IReadOnlyList<string> Paths)
{
    /// <summary>librdkafka's name for properties that lead to files.</summary>
    private const string FileProperty = ".location";

    /// <param name="options">Names the files that librdkafka reads: certificates, keys.</param>
    /// <param name="folder">Folder of settings (<see cref="SecretFiles.Variable"/>); null or empty: none.</param>
    public static SecretPlaces Of(ForecasterOptions options, string? folder)
    {
        IEnumerable<string> files = new[] { options.Kafka.Client, options.Kafka.Consumer, options.Kafka.Producer }
            .SelectMany(properties => properties)
            .Where(property => property.Key.EndsWith(FileProperty, StringComparison.Ordinal))
            .Select(property => property.Value);
        return new([.. files.Append(folder ?? "").Where(path => path.Length > 0).Distinct(StringComparer.Ordinal)]);
    }
}

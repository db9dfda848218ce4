using System.Collections.Concurrent;
using Streaming.Daemon.Models;

namespace Streaming.Daemon.Pipeline;

/// <summary>The version in force, told by the follower of the models topic with one volatile write; tasks adopt it at a
/// commit.</summary>
/// <param name="first">The version to begin with; null: none until one is told.</param>
/// <param name="catalog">Those that the topic keeps; null: none.</param>
internal sealed class VersionFeed(ModelVersion? first = null, VersionCatalog? catalog = null)
{
    private readonly ConcurrentDictionary<string, ModelVersion> known = new(StringComparer.Ordinal);
    private volatile ModelVersion? newest = first;

    /// <summary>Whether tasks adopt it; not where a run is to go by the adoptions of another alone.</summary>
    public bool IsFollowed { get; init; } = true;

    /// <exception cref="InvalidOperationException">None has been told yet: lanes start after that.</exception>
    public ModelVersion Newest
    {
        get => newest ?? throw new InvalidOperationException("No version is in force yet.");
        set => newest = value;
    }

    /// <summary>Keeps a version that is not in force here, or no more.</summary>
    public void Know(ModelVersion version) => known[version.Name] = version;

    /// <summary>The version of a name; null where it is not known. Any thread.</summary>
    public ModelVersion? Find(string name) =>
        newest is { } now && now.Name == name ? now
        : known.GetValueOrDefault(name) ?? (ModelVersion.IdOf(name) is { } id ? catalog?.Find(id) : null);
}

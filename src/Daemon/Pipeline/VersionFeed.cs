using System.Collections.Concurrent;

namespace Streaming.Daemon.Pipeline;

/// <summary>The newest version, published by the trainer with one volatile write; tasks adopt it at a commit.</summary>
internal sealed class VersionFeed
{
    private readonly ConcurrentDictionary<string, ModelVersion> known = new(StringComparer.Ordinal);
    private volatile ModelVersion newest;

    public VersionFeed(ModelVersion first)
    {
        newest = first;
        known[first.Name] = first;
    }

    /// <summary>Whether tasks adopt it; not where a run is to go by the adoptions of another alone.</summary>
    public bool IsFollowed { get; init; } = true;

    public ModelVersion Newest
    {
        get => newest;
        set
        {
            known[value.Name] = value;
            newest = value;
        }
    }

    /// <summary>Keeps a version that is not in force here, or no more.</summary>
    public void Know(ModelVersion version) => known[version.Name] = version;

    /// <summary>The version of a name; null where it is not known. Any thread.</summary>
    public ModelVersion? Find(string name) => known.GetValueOrDefault(name);
}

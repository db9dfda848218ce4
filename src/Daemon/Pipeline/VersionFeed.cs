namespace Streaming.Daemon.Pipeline;

/// <summary>The newest version, published by the trainer with one volatile write; tasks adopt it at a commit.</summary>
internal sealed class VersionFeed(ModelVersion first)
{
    private volatile ModelVersion newest = first;

    public ModelVersion Newest
    {
        get => newest;
        set => newest = value;
    }
}

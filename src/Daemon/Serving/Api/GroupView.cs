namespace Streaming.Daemon.Serving.Api;

/// <summary>Who has which partition.</summary>
/// <param name="Owners">By partition, this process included.</param>
/// <param name="WhyUnknown">Why the group is not known; null where it is.</param>
internal sealed record GroupView(IReadOnlyDictionary<int, OwnerView> Owners, string? WhyUnknown)
{
    /// <summary>Nothing is known.</summary>
    public static GroupView Unknown(string why) => new(new Dictionary<int, OwnerView>(), why);
}

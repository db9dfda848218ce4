namespace Streaming.Daemon.Kafka;

/// <summary>Who a member of a group is, and where its process can be asked.</summary>
/// <remarks>The group carries no more of a member than its client.id, so the address travels in there:
/// "pod-0-1@http://pod-0.forecaster:9464".</remarks>
/// <param name="Name">Name of the client.</param>
/// <param name="Url">http or https; null where it tells none.</param>
internal sealed record MemberAddress(string Name, string? Url)
{
    private const string Mark = "@http";

    /// <summary>Reads a client.id. What comes from a group may be anybody's: no other kind of address is taken.</summary>
    public static MemberAddress Parse(string clientId)
    {
        int at = clientId.IndexOf(Mark, StringComparison.OrdinalIgnoreCase);
        bool isAddress = at >= 0 && Uri.TryCreate(clientId[(at + 1)..], UriKind.Absolute, out Uri? url)
            && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps) && url.UserInfo.Length == 0
            && url.Query.Length == 0 && url.Fragment.Length == 0;
        return isAddress ? new(clientId[..at], clientId[(at + 1)..].TrimEnd('/')) : new(clientId, null);
    }

    /// <summary>The client.id.</summary>
    public override string ToString() => Url is null ? Name : $"{Name}@{Url}";
}

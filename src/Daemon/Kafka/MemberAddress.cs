using Streaming.Daemon.Configuration;

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
        return at >= 0 && PlainUrl.TryParse(clientId[(at + 1)..], out Uri? url)
            ? new(clientId[..at], url.AbsoluteUri.TrimEnd('/'))
            : new(clientId, null);
    }

    /// <summary>The client.id.</summary>
    public override string ToString() => Url is null ? Name : $"{Name}@{Url}";
}

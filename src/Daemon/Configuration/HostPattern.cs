using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Streaming.Daemon.Configuration;

/// <summary>Hosts by name, "pod-0.forecaster"; by what they end in, "*.forecaster.prod.svc"; or by address or network,
/// "10.0.0.0/8". Immutable.</summary>
internal sealed class HostPattern
{
    private const string Any = "*.";

    private readonly string text;
    private readonly IPNetwork? network;

    private HostPattern(string text, IPNetwork? network) => (this.text, this.network) = (text, network);

    /// <summary>Reads one.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static HostPattern Parse(string text) =>
        TryParse(text, out HostPattern? pattern) ? pattern : throw new FormatException($"'{text}' is no pattern of hosts.");

    /// <summary>Reads one; false where it is none.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out HostPattern? pattern)
    {
        string name = text.StartsWith(Any, StringComparison.Ordinal) ? text[Any.Length..] : text;
        pattern = IPNetwork.TryParse(text, out IPNetwork network) ? new(text, network)
            : IPAddress.TryParse(text, out IPAddress? address) ? new(text, new(address, address.GetAddressBytes().Length * 8))
            : Uri.CheckHostName(name) == UriHostNameType.Dns ? new(text, null)
            : null;
        return pattern is not null;
    }

    /// <summary>Whether a host is meant.</summary>
    /// <param name="host">As <see cref="Uri.Host"/> has it: an IPv6 address in brackets.</param>
    public bool Takes(string host) =>
        network is { } of ? IPAddress.TryParse(host, out IPAddress? address) && of.Contains(address)
        : text.StartsWith(Any, StringComparison.Ordinal) ? host.EndsWith(text[1..], StringComparison.OrdinalIgnoreCase)
        : host.Equals(text, StringComparison.OrdinalIgnoreCase);
}

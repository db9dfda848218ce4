using System.Net;
using System.Text.RegularExpressions;
using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Serving.Api;

/// <summary>To which addresses of other members clients are sent. Immutable, thread-safe.</summary>
/// <remarks>
/// A member tells its address by itself, and whoever may join the group is a member: an address alone is no reason to send
/// anybody there, with what its client carries. Taken are those that the configuration names; where it names none, those
/// whose host differs from our own in the digits of its first label alone, as pods of a StatefulSet do. Never from https to
/// http.
/// </remarks>
internal sealed class RedirectHosts
{
    private const RegexOptions Exact = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    private readonly HostPattern[] named;
    private readonly Regex? likeOurs;
    private readonly bool isSecure;

    public RedirectHosts(HttpOptions options)
    {
        named = [.. options.RedirectHosts.Select(HostPattern.Parse)];
        Uri? own = options.AdvertisedUrl is null ? null : new(options.AdvertisedUrl);
        isSecure = own?.Scheme == Uri.UriSchemeHttps;
        likeOurs = own is null || named.Length > 0 ? null : new(PatternOf(own), Exact | RegexOptions.NonBacktracking);
    }

    /// <summary>Whether clients may be sent to an address of a member.</summary>
    public bool Takes(Uri address)
    {
        bool isKnown = likeOurs?.IsMatch(address.Host) ?? named.Any(pattern => pattern.Takes(address.Host));
        return isKnown && (!isSecure || address.Scheme == Uri.UriSchemeHttps);
    }

    private static string PatternOf(Uri own)
    {
        string host = own.Host;
        int label = IPAddress.TryParse(host, out _) ? 0 : host.IndexOf('.') is >= 0 and var dot ? dot : host.Length;
        return $"^{Regex.Replace(host[..label], "[0-9]+|[^0-9]+", Part)}{Regex.Escape(host[label..])}\\z";

        static string Part(Match part) => char.IsAsciiDigit(part.Value[0]) ? "[0-9]+" : Regex.Escape(part.Value);
    }
}

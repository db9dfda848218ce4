using System.Diagnostics.CodeAnalysis;

namespace Streaming.Daemon.Configuration;

/// <summary>Addresses of instances: http or https, host, port and path, and nothing in them that could mean something
/// else to whoever reads them next.</summary>
internal static class PlainUrl
{
    private const string Refused = "?#@\\";

    /// <summary>Reads one: printable ASCII (hosts of other letters as "xn--…"), without user, query and fragment.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Uri? url) =>
        Uri.TryCreate(text.All(IsPlain) ? text : null, UriKind.Absolute, out url)
        && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps);

    private static bool IsPlain(char c) => c is > ' ' and <= '~' && !Refused.Contains(c);
}

using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Streaming.Daemon.Configuration;

/// <summary>Where metrics, health and /api/v1 are served, and to whom.</summary>
internal sealed record HttpOptions : IValidatableObject
{
    /// <summary>Least length of a token, in characters.</summary>
    public const int LeastToken = 16;

    private const int MostUrl = 255;

    /// <summary>IP address to listen on; "::" takes IPv4 and IPv6. Default "0.0.0.0".</summary>
    [Required]
    public string Address { get; init; } = "0.0.0.0";

    /// <summary>Port of /metrics, /live, /ready and /api/v1; 0 picks a free one. Default 9464.</summary>
    [Range(0, 65_535)]
    public int Port { get; init; } = 9_464;

    /// <summary>Memory for the last steps of series beside their forecasts, in bytes, for /api/v1: some 19 KiB a series, to
    /// those that come first and those that are looked at. 0: none. Default 16 MiB.</summary>
    [Range(0L, 1L << 40)]
    public long HistoryBytes { get; init; } = 16 << 20;

    /// <summary>Where other instances and their users reach this one, http or https; told to the group in client.id. Default
    /// none.</summary>
    public string? AdvertisedUrl { get; init; }

    /// <summary>Hosts of other instances that clients may be sent to: names, suffixes such as "*.forecaster.prod.svc",
    /// networks such as "10.0.0.0/8". Default none: those that differ from AdvertisedUrl's in digits of the first label
    /// alone.</summary>
    [Length(0, 64)]
    public IReadOnlyList<string> RedirectHosts { get; init; } = [];

    /// <summary>Token that reading /api/v1 takes; never shown. Default none: reading is open.</summary>
    [MinLength(LeastToken)]
    public string? ReadToken { get; init; }

    /// <summary>File with that token, read at the start. Default none.</summary>
    public string? ReadTokenFile { get; init; }

    /// <summary>Token that changes by way of /api/v1 take, and that reads, too; never shown. Default none: nothing can be
    /// changed there.</summary>
    [MinLength(LeastToken)]
    public string? WriteToken { get; init; }

    /// <summary>File with that token, read at the start. Default none.</summary>
    public string? WriteTokenFile { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Address.Length > 0 && !IPAddress.TryParse(Address, out _))
        {
            yield return new($"'{Address}' is not an IP address such as 0.0.0.0 or ::", [nameof(Address)]);
        }

        if (AdvertisedUrl is not null && (AdvertisedUrl.Length > MostUrl || !PlainUrl.TryParse(AdvertisedUrl, out _)))
        {
            yield return new(
                "must be http(s)://host:port, at most 255 characters of ASCII, without user, query or blanks",
                [nameof(AdvertisedUrl)]);
        }

        foreach (string host in RedirectHosts.Where(host => !HostPattern.TryParse(host, out _)))
        {
            yield return new(
                $"'{host}' is no host, '*.suffix' or network such as 10.0.0.0/8", [nameof(RedirectHosts)]);
        }

        foreach ((string? token, string? file, string name) in new[]
        {
            (ReadToken, ReadTokenFile, nameof(ReadTokenFile)), (WriteToken, WriteTokenFile, nameof(WriteTokenFile)),
        })
        {
            if (file is not null && token is not null)
            {
                yield return new("the token comes from the configuration or from a file, not from both", [name]);
            }
            else if (file is not null && !File.Exists(file))
            {
                yield return new($"there is no file '{file}'", [name]);
            }
        }
    }
}

using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Streaming.Daemon.Configuration;

/// <summary>Where metrics and health are served.</summary>
internal sealed record HttpOptions : IValidatableObject
{
    /// <summary>IP address to listen on; "::" takes IPv4 and IPv6. Default "0.0.0.0".</summary>
    [Required]
    public string Address { get; init; } = "0.0.0.0";

    /// <summary>Port of /metrics, /live and /ready; 0 picks a free one. Default 9464.</summary>
    [Range(0, 65_535)]
    public int Port { get; init; } = 9_464;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Address.Length > 0 && !IPAddress.TryParse(Address, out _))
        {
            yield return new($"'{Address}' is not an IP address such as 0.0.0.0 or ::", [nameof(Address)]);
        }
    }
}

using System.ComponentModel.DataAnnotations;

namespace Streaming.Daemon.Configuration;

/// <summary>Where metrics and health are served.</summary>
internal sealed record HttpOptions
{
    /// <summary>Address to listen on. Default "0.0.0.0".</summary>
    [Required]
    public string Address { get; init; } = "0.0.0.0";

    /// <summary>Port of /metrics, /live and /ready; 0 picks a free one. Default 9464.</summary>
    [Range(0, 65_535)]
    public int Port { get; init; } = 9_464;
}

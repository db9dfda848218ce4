using System.ComponentModel.DataAnnotations;
using Streaming.Inference.Experts;

namespace Streaming.Daemon.Configuration;

/// <summary>Related series, each of which is forecast from the last values of all.</summary>
internal sealed record GroupOptions
{
    /// <summary>Ids of its series, 2 to 24: all under the same rule, or none, with Profile accuracy and a Step. Required.
    /// </summary>
    [Length(2, SeriesGroup.MostMembers)]
    public IReadOnlyList<string> Members { get; init; } = [];
}

using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Cli.Operations;

/// <summary>What state inspect is asked for.</summary>
/// <param name="Partitions">Partitions to look into; none: all.</param>
/// <param name="Series">Which series to list; null: all where partitions are named, else none.</param>
internal sealed record InspectStateRequest(IReadOnlyList<int> Partitions, string? Series)
{
    private readonly SeriesSelector? selector = Series is null ? null : new(Series);

    /// <summary>Whether series are listed at all.</summary>
    public bool ListsSeries => Series is not null || Partitions.Count > 0;

    /// <summary>Whether a series is listed.</summary>
    public bool Takes(string id) => ListsSeries && (selector is null || selector.IsMatch(id));
}

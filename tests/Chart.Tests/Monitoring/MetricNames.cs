using System.Text.RegularExpressions;
using Streaming.Daemon.Serving;

namespace Chart.Tests.Monitoring;

/// <summary>The metrics that a text names.</summary>
internal static partial class MetricNames
{
    /// <summary>Those of the daemon, histograms without their endings.</summary>
    public static IReadOnlySet<string> Known { get; } = MetricTable.All.Select(metric => metric.Name).ToHashSet();

    public static IReadOnlySet<string> In(string text) =>
        Name().Matches(text).Select(match => WithoutEnding(match.Value)).ToHashSet();

    private static string WithoutEnding(string name)
    {
        string plain = Ending().Replace(name, "");
        return MetricTable.All.Any(metric => metric.Name == plain && metric.Kind == MetricKind.Histogram) ? plain : name;
    }

    [GeneratedRegex("forecaster_[a-z_]+")]
    private static partial Regex Name();

    [GeneratedRegex("_(bucket|sum|count)$")]
    private static partial Regex Ending();
}

namespace Streaming.Daemon.Serving;

/// <summary>Prometheus type of a metric.</summary>
internal enum MetricKind
{
    Counter,
    Gauge,
    Histogram,
}

/// <summary>A metric as operators see it: what /metrics exports and the documentation lists.</summary>
/// <param name="Name">Full name, base unit last, counters end in _total.</param>
/// <param name="Kind">Prometheus type.</param>
/// <param name="Labels">Label names; never one whose values grow with the number of series.</param>
/// <param name="Meaning">Help text: one sentence, with the unit.</param>
internal sealed record MetricDefinition(string Name, MetricKind Kind, string[] Labels, string Meaning);

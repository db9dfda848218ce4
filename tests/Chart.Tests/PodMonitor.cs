using k8s;
using k8s.Models;

namespace Chart.Tests;

/// <summary>The part of the Prometheus operator's PodMonitor that the chart uses; a strict read refuses the rest.</summary>
public sealed class PodMonitor : IKubernetesObject<V1ObjectMeta>
{
    public string ApiVersion { get; set; } = "";

    public string Kind { get; set; } = "";

    public V1ObjectMeta Metadata { get; set; } = new();

    public PodMonitorSpec Spec { get; set; } = new();
}

/// <summary>Which pods are scraped, and where.</summary>
public sealed class PodMonitorSpec
{
    public V1LabelSelector Selector { get; set; } = new();

    public IList<PodMetricsEndpoint> PodMetricsEndpoints { get; init; } = [];
}

/// <summary>One port of a pod that is scraped.</summary>
public sealed class PodMetricsEndpoint
{
    public string Port { get; set; } = "";

    public string Path { get; set; } = "";

    public string Interval { get; set; } = "";
}

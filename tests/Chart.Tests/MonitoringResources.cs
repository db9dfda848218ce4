using k8s;
using k8s.Models;

namespace Chart.Tests;

/// <summary>What all custom resources have.</summary>
/// <typeparam name="TSpec">The part of it that the chart uses; a strict read refuses the rest.</typeparam>
public abstract class CustomResource<TSpec> : IKubernetesObject<V1ObjectMeta>
    where TSpec : new()
{
    public string ApiVersion { get; set; } = "";

    public string Kind { get; set; } = "";

    public V1ObjectMeta Metadata { get; set; } = new();

    public TSpec Spec { get; set; } = new();
}

/// <summary>The Prometheus operator's PodMonitor.</summary>
public sealed class PodMonitor : CustomResource<PodMonitorSpec>;

/// <summary>Which pods are scraped, and where.</summary>
public sealed class PodMonitorSpec
{
    public V1LabelSelector Selector { get; set; } = new();

    public IList<MetricsEndpoint> PodMetricsEndpoints { get; init; } = [];
}

/// <summary>The Prometheus operator's ServiceMonitor.</summary>
public sealed class ServiceMonitor : CustomResource<ServiceMonitorSpec>;

/// <summary>Which services are scraped, and where.</summary>
public sealed class ServiceMonitorSpec
{
    public V1LabelSelector Selector { get; set; } = new();

    public IList<MetricsEndpoint> Endpoints { get; init; } = [];
}

/// <summary>One port that is scraped.</summary>
public sealed class MetricsEndpoint
{
    public string Port { get; set; } = "";

    public string Path { get; set; } = "";

    public string Interval { get; set; } = "";
}

/// <summary>The Prometheus operator's PrometheusRule.</summary>
public sealed class PrometheusRule : CustomResource<PrometheusRuleSpec>;

/// <summary>Groups of rules.</summary>
public sealed class PrometheusRuleSpec
{
    public IList<RuleGroup> Groups { get; init; } = [];
}

/// <summary>Rules that are looked at together.</summary>
public sealed class RuleGroup
{
    public string Name { get; set; } = "";

    public string Interval { get; set; } = "";

    public IList<Rule> Rules { get; init; } = [];
}

/// <summary>An alert, or a series that is recorded.</summary>
public sealed class Rule
{
    public string Alert { get; set; } = "";

    public string Record { get; set; } = "";

    public string Expr { get; set; } = "";

    public string For { get; set; } = "";

    public IDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    public IDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();
}

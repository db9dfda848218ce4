using System.Text.Json;
using k8s.Models;

namespace Chart.Tests;

/// <summary>What the chart hands to Prometheus and Grafana.</summary>
public sealed class MonitoringTests
{
    [FactNeeding(Helm.Program)]
    public void Template_ServiceMonitor_ScrapesTheHeadlessServiceAlone()
    {
        var manifests = Manifests.Render("--set", "serviceMonitor.enabled=true");

        IDictionary<string, string> selector = manifests.Single<ServiceMonitor>().Spec.Selector.MatchLabels;
        V1Service scraped = Assert.Single(
            manifests.OfType<V1Service>(),
            service => selector.All(label => service.Metadata.Labels.TryGetValue(label.Key, out string? value) && value == label.Value));
        Assert.True(scraped.Spec.PublishNotReadyAddresses);
    }

    [FactNeeding(Helm.Program)]
    public void Template_PrometheusRule_HoldsTheRulesAsTheyAre()
    {
        var manifests = Manifests.Render("--set", "prometheusRule.enabled=true");

        IList<RuleGroup> groups = manifests.Single<PrometheusRule>().Spec.Groups;
        Assert.NotEmpty(groups);
        Assert.All(groups.SelectMany(group => group.Rules), rule => Assert.NotEmpty(rule.Expr));
    }

    [FactNeeding(Helm.Program)]
    public void Template_Dashboards_HoldTheDashboardAsItIs()
    {
        V1ConfigMap dashboards = Manifests.Render("--set", "dashboards.enabled=true").ConfigMap("test-forecaster-dashboards");

        using var given = JsonDocument.Parse(File.ReadAllText(Path.Combine(Helm.Chart, "dashboards", "forecaster.json")));
        using var rendered = JsonDocument.Parse(dashboards.Data["forecaster.json"]);
        Assert.True(JsonElement.DeepEquals(given.RootElement, rendered.RootElement));
        Assert.Equal("1", dashboards.Metadata.Labels["grafana_dashboard"]);
    }
}

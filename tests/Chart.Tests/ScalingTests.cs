using Chart.Tests.Monitoring;
using k8s.Models;
using Streaming.Daemon.Configuration;

namespace Chart.Tests;

/// <summary>Who decides how many pods there are, and what members of the group are then.</summary>
public sealed class ScalingTests
{
    [TheoryNeeding(Helm.Program)]
    [InlineData("hpa-values.yaml")]
    [InlineData("keda-values.yaml")]
    public void Template_Scaled_MembersAreDynamic(string valuesFile)
    {
        var manifests = Manifests.Render(ValuesFiles.Arguments(valuesFile));

        Assert.Null(manifests.StatefulSet.Spec.Replicas);
        Assert.Contains("\"StaticMembership\": false", manifests.Configuration, StringComparison.Ordinal);
    }

    [FactNeeding(Helm.Program)]
    public void Template_NotScaled_MembersAreStatic()
    {
        var manifests = Manifests.Render("--set", "replicaCount=3");

        Assert.Equal(3, manifests.StatefulSet.Spec.Replicas);
        Assert.DoesNotContain("StaticMembership", manifests.Configuration, StringComparison.Ordinal);
        Assert.True(new KafkaOptions().StaticMembership);
    }

    [FactNeeding(Helm.Program)]
    public void Template_Keda_WatchesTheGroupsOfTheDaemon()
    {
        ScaledObject scaled = Manifests.Render(ValuesFiles.Arguments("keda-values.yaml")).Single<ScaledObject>();

        Assert.Equal(
            [("metrics-repartition", "otlp"), ("metrics", "metrics-repartition")],
            scaled.Spec.Triggers.Select(trigger => (trigger.Metadata["consumerGroup"], trigger.Metadata["topic"])));
        Assert.All(scaled.Spec.Triggers, trigger => Assert.Equal("true", trigger.Metadata["excludePersistentLag"]));
        Assert.True(scaled.Spec.MinReplicaCount >= 1);
    }

    [FactNeeding(Helm.Program)]
    public void Template_Hpa_ScalesOnAMetricOfTheDaemonAndDownSlowly()
    {
        V2HorizontalPodAutoscalerSpec scaler = Manifests.Render(
            "--set", "autoscaling.hpa.enabled=true", "--set", "autoscaling.hpa.scaleDownSeconds=900")
            .Single<V2HorizontalPodAutoscaler>().Spec;

        Assert.Contains(Assert.Single(scaler.Metrics).Pods.Metric.Name, MetricNames.Known);
        Assert.Equal(900, scaler.Behavior.ScaleDown.StabilizationWindowSeconds);
    }

    [FactNeeding(Helm.Program)]
    public void Template_Keda_ScalesDownSlowly()
    {
        ScaledObjectSpec scaler = Manifests.Render(
            "--set", "autoscaling.keda.enabled=true", "--set", "autoscaling.keda.scaleDownSeconds=900")
            .Single<ScaledObject>().Spec;

        Assert.Equal(900, scaler.Advanced.HorizontalPodAutoscalerConfig.Behavior.ScaleDown.StabilizationWindowSeconds);
    }

    /// <summary>The chart decides as the daemon does, for every format.</summary>
    [TheoryNeeding(Helm.Program), MemberData(nameof(Formats))]
    public void Template_Keda_WatchesTheRepartitionTopicWhereThereIsOne(string format)
    {
        ScaledObject scaled = Manifests.Render(
            "--set", "autoscaling.keda.enabled=true", "--set", $"config.Input.Format={format}").Single<ScaledObject>();

        var choice = RepartitionChoice.Of(new InputOptions
        {
            Format = Enum.GetValues<InputFormat>().Single(value => OptionNames.Of(value) == format),
        });
        Assert.Equal(choice.IsOn ? 2 : 1, scaled.Spec.Triggers.Count);
    }

    [TheoryNeeding(Helm.Program)]
    [InlineData("config.Input.Repartition=\"on\"", 2)]
    [InlineData("config.Input.KeepLabels={host}", 2)]
    [InlineData("config.Input.DropLabels={pod}", 2)]
    [InlineData("config.Input.Format=influx,config.Input.Repartition=\"off\"", 1)]
    public void Template_Keda_WatchesTheRepartitionTopicWhereItIsChosen(string settings, int triggers)
    {
        ScaledObject scaled = Manifests.Render(
            "--set", "autoscaling.keda.enabled=true", "--set", settings.Replace("\"", "", StringComparison.Ordinal))
            .Single<ScaledObject>();

        Assert.Equal(triggers, scaled.Spec.Triggers.Count);
    }

    public static TheoryData<string> Formats => [.. Enum.GetValues<InputFormat>().Select(format => OptionNames.Of(format))];
}

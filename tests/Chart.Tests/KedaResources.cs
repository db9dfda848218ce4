using k8s.Models;

namespace Chart.Tests;

/// <summary>KEDA's ScaledObject.</summary>
public sealed class ScaledObject : CustomResource<ScaledObjectSpec>;

/// <summary>What is scaled, and on what.</summary>
public sealed class ScaledObjectSpec
{
    public V2CrossVersionObjectReference ScaleTargetRef { get; set; } = new();

    public int MinReplicaCount { get; set; }

    public int MaxReplicaCount { get; set; }

    public int PollingInterval { get; set; }

    public ScaledObjectAdvanced Advanced { get; set; } = new();

    public IList<ScaleTrigger> Triggers { get; init; } = [];
}

/// <summary>Settings that KEDA hands on.</summary>
public sealed class ScaledObjectAdvanced
{
    public ScaledObjectHpa HorizontalPodAutoscalerConfig { get; set; } = new();
}

/// <summary>The autoscaler that KEDA makes.</summary>
public sealed class ScaledObjectHpa
{
    public V2HorizontalPodAutoscalerBehavior Behavior { get; set; } = new();
}

/// <summary>Something to scale on.</summary>
public sealed class ScaleTrigger
{
    public string Type { get; set; } = "";

    public IDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    public V1LocalObjectReference AuthenticationRef { get; set; } = new();
}

/// <summary>KEDA's TriggerAuthentication.</summary>
public sealed class TriggerAuthentication : CustomResource<TriggerAuthenticationSpec>;

/// <summary>Where KEDA finds what it signs in with.</summary>
public sealed class TriggerAuthenticationSpec
{
    public IList<SecretTarget> SecretTargetRef { get; init; } = [];
}

/// <summary>One parameter of a trigger, out of a secret.</summary>
public sealed class SecretTarget
{
    public string Parameter { get; set; } = "";

    public string Name { get; set; } = "";

    public string Key { get; set; } = "";
}

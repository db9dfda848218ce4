using k8s;
using k8s.Models;

namespace Chart.Tests;

/// <summary>What the chart renders, read strictly into the types of the Kubernetes API.</summary>
internal sealed class Manifests
{
    private static readonly Dictionary<string, Type> customTypes = new()
    {
        ["monitoring.coreos.com/v1/PodMonitor"] = typeof(PodMonitor),
        ["monitoring.coreos.com/v1/ServiceMonitor"] = typeof(ServiceMonitor),
        ["monitoring.coreos.com/v1/PrometheusRule"] = typeof(PrometheusRule),
        ["keda.sh/v1alpha1/ScaledObject"] = typeof(ScaledObject),
        ["keda.sh/v1alpha1/TriggerAuthentication"] = typeof(TriggerAuthentication),
    };

    private readonly List<object> resources;

    private Manifests(List<object> resources)
    {
        this.resources = resources;
    }

    public V1StatefulSet StatefulSet => Single<V1StatefulSet>();

    public V1PodTemplateSpec Pod => StatefulSet.Spec.Template;

    public V1Container Container => Assert.Single(Pod.Spec.Containers);

    /// <summary>Specifications of all pods of the release: the daemon's, and those of hooks.</summary>
    public IEnumerable<V1PodSpec> Pods =>
    [
        Pod.Spec, .. OfType<V1Job>().Select(job => job.Spec.Template.Spec), .. OfType<V1Pod>().Select(pod => pod.Spec),
    ];

    /// <summary>The daemon's configuration file, JSON.</summary>
    public string Configuration => ConfigMap(StatefulSet.Metadata.Name).Data["config.json"];

    /// <summary>All resources, in the order in which helm printed them.</summary>
    public IEnumerable<IKubernetesObject<V1ObjectMeta>> All => resources.Cast<IKubernetesObject<V1ObjectMeta>>();

    /// <summary>Renders the chart.</summary>
    public static Manifests Render(params string[] arguments)
    {
        HelmResult result = Helm.Template(arguments);
        Assert.True(result.ExitCode == 0, result.Errors);
        return new(KubernetesYaml.LoadAllFromString(result.Output, customTypes, strict: true));
    }

    public V1ConfigMap ConfigMap(string name) =>
        Assert.Single(OfType<V1ConfigMap>(), configMap => configMap.Metadata.Name == name);

    public T Single<T>() => Assert.Single(resources.OfType<T>());

    public IEnumerable<T> OfType<T>() => resources.OfType<T>();
}

using k8s;
using k8s.Models;

namespace Chart.Tests;

/// <summary>What the chart renders, read strictly into the types of the Kubernetes API.</summary>
internal sealed class Manifests
{
    private static readonly Dictionary<string, Type> customTypes = new()
    {
        ["monitoring.coreos.com/v1/PodMonitor"] = typeof(PodMonitor),
    };

    private readonly List<object> resources;

    private Manifests(List<object> resources)
    {
        this.resources = resources;
    }

    public V1StatefulSet StatefulSet => Single<V1StatefulSet>();

    public V1PodTemplateSpec Pod => StatefulSet.Spec.Template;

    public V1Container Container => Assert.Single(Pod.Spec.Containers);

    /// <summary>The daemon's configuration file, JSON.</summary>
    public string Configuration => Single<V1ConfigMap>().Data["config.json"];

    /// <summary>All resources, in the order in which helm printed them.</summary>
    public IEnumerable<IKubernetesObject<V1ObjectMeta>> All => resources.Cast<IKubernetesObject<V1ObjectMeta>>();

    /// <summary>Renders the chart.</summary>
    public static Manifests Render(params string[] arguments)
    {
        HelmResult result = Helm.Template(arguments);
        Assert.True(result.ExitCode == 0, result.Errors);
        return new(KubernetesYaml.LoadAllFromString(result.Output, customTypes, strict: true));
    }

    public T Single<T>() => Assert.Single(resources.OfType<T>());

    public IEnumerable<T> OfType<T>() => resources.OfType<T>();
}

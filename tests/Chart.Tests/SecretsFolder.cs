using k8s.Models;

namespace Chart.Tests;

/// <summary>The volume of secrets as a kubelet would mount it; what each file holds tells the key that it comes
/// from.</summary>
internal sealed class SecretsFolder : IDisposable
{
    private readonly string mount;
    private readonly V1KeyToPath[] items;

    public SecretsFolder(V1PodSpec pod)
    {
        mount = Assert.Single(pod.Containers[0].VolumeMounts, volume => volume.Name == "secrets").MountPath;
        items =
        [
            .. pod.Volumes.Single(volume => volume.Name == "secrets").Projected.Sources
                .SelectMany(source => source.Secret.Items),
        ];
        foreach (V1KeyToPath item in items)
        {
            string file = System.IO.Path.Combine(Path, item.Path);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
            File.WriteAllText(file, ContentOf(item.Key));
        }
    }

    /// <summary>Where the files are here.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("forecaster-chart-").FullName;

    /// <summary>Files that are settings, and the key of the secret that each comes from.</summary>
    public IEnumerable<V1KeyToPath> Settings => items.Where(item => !item.Path.Contains('/'));

    /// <summary>Paths of all files in the container.</summary>
    public IEnumerable<string> MountedFiles => items.Select(item => $"{mount}/{item.Path}");

    /// <summary>What a key of a secret holds: long enough for a token.</summary>
    public static string ContentOf(string key) => $"content of {key}";

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

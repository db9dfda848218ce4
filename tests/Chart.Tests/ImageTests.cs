using System.Globalization;
using System.Text.RegularExpressions;

namespace Chart.Tests;

/// <summary>The Dockerfile fits the sources and the chart; it is built where there is something to build it with.</summary>
public sealed partial class ImageTests
{
    private static readonly string[] lines = File.ReadAllLines(RepositoryRoot.Combine("Dockerfile"));

    [FactNeeding(Helm.Program)]
    public void Dockerfile_UserAndPort_AreThoseOfTheChart()
    {
        var manifests = Manifests.Render();

        string user = Assert.Single(lines, line => line.StartsWith("USER ", StringComparison.Ordinal));
        string port = Assert.Single(lines, line => line.StartsWith("EXPOSE ", StringComparison.Ordinal));
        Assert.Equal($"USER {manifests.Pod.Spec.SecurityContext.RunAsUser}:{manifests.Pod.Spec.SecurityContext.RunAsGroup}", user);
        Assert.Equal(manifests.Container.Ports[0].ContainerPort, int.Parse(port.Split(' ')[1], CultureInfo.InvariantCulture));
    }

    /// <summary>A project that is added is restored with what it is locked to.</summary>
    [Fact]
    public void Dockerfile_ProjectsOfTheDaemon_AreRestoredWithTheirLocks()
    {
        string[] projects =
        [
            .. Directory.GetDirectories(RepositoryRoot.Combine("src")).Select(folder => Path.GetFileName(folder)).Order(),
        ];

        Assert.All(projects, project => Assert.Contains(
            $"COPY src/{project}/{project}.csproj src/{project}/packages.lock.json src/{project}/", lines));
        Assert.Contains(lines, line => line.Contains("restore src/Daemon --locked-mode", StringComparison.Ordinal));
    }

    [Fact]
    public void Dockerfile_WhatIsCopied_IsNotIgnored()
    {
        string[] admitted =
        [
            .. File.ReadAllLines(RepositoryRoot.Combine(".dockerignore"))
                .Where(line => line.StartsWith('!')).Select(line => line[1..]),
        ];
        IEnumerable<string> copied = lines.Where(line => line.StartsWith("COPY ", StringComparison.Ordinal)
                && !line.Contains("--from", StringComparison.Ordinal))
            .SelectMany(line => line.Split(' ')[1..^1]);

        Assert.NotEmpty(copied);
        Assert.All(copied, path => Assert.Contains(path.Split('/')[0], admitted));
        Assert.All(copied, path => Assert.True(Path.Exists(RepositoryRoot.Combine(path)), path));
    }

    [Fact]
    public void Images_OfTheDockerfileAndCompose_ArePinned()
    {
        string compose = File.ReadAllText(RepositoryRoot.Combine("deploy", "compose", "compose.yaml"));

        string[] images = [.. Image().Matches(string.Join('\n', lines) + '\n' + compose).Select(match => match.Groups[1].Value)];
        Assert.True(images.Length >= 6, "Images are not found.");
        Assert.All(images, image => Assert.Matches(@":(?!latest$)[^:/]+$", image));
    }

    [GeneratedRegex(@"^(?:ARG \w+_IMAGE=| +image: )(\S+)", RegexOptions.Multiline)]
    private static partial Regex Image();
}

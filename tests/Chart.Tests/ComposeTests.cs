using Streaming.Daemon.Configuration;
using YamlDotNet.Serialization;

namespace Chart.Tests;

/// <summary>The look on one machine: what its clients say of its files.</summary>
public sealed class ComposeTests
{
    private static readonly string folder = RepositoryRoot.Combine("deploy", "compose");

    [FactNeeding("docker-compose")]
    public async Task Compose_File_IsValid()
    {
        string said = await ClientProgram.RunAsync(
            "docker-compose", ["--file", Path.Combine(folder, "compose.yaml"), "config", "--services"]);

        Assert.Equal(
            ["broker", "forecaster", "forecaster-image", "grafana", "input", "prometheus", "topics"],
            said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
    }

    [FactNeeding("promtool")]
    public async Task Prometheus_Configuration_IsValid()
    {
        // Rules are mounted beside it; promtool looks for them where the file is.
        using var mounted = new MountedRules(folder);

        string said = await ClientProgram.RunAsync("promtool", ["check", "config", mounted.Configuration]);

        Assert.Contains("SUCCESS: 1 rule files found", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Compose_SettingsOfTheForecaster_AreOptions()
    {
        var variables = new System.Collections.Hashtable();
        foreach ((string name, string value) in Environment("forecaster"))
        {
            variables[name] = value;
        }

        ConfigurationResult result = ConfigurationLoader.Load(new() { SettingsFiles = [], Environment = variables });

        Assert.Empty(result.Errors);
        Assert.Equal("broker:9092", result.Options!.Kafka.BootstrapServers);
        Assert.Equal(Environment("forecaster"), Environment("topics"));
    }

    /// <summary>Nobody else on the network gets at it.</summary>
    [Fact]
    public void Compose_Ports_AreOnThisMachineAlone()
    {
        string[] ports =
        [
            .. File.ReadLines(Path.Combine(folder, "compose.yaml")).Select(line => line.Trim())
                .Where(line => line.StartsWith("- ", StringComparison.Ordinal) && line.Count(c => c == ':') == 2),
        ];

        Assert.Contains(ports, port => port.EndsWith(":9464", StringComparison.Ordinal));
        Assert.All(
            ports.Where(port => !port.Contains('/')), port => Assert.StartsWith("- 127.0.0.1:", port, StringComparison.Ordinal));
    }

    private static Dictionary<string, string> Environment(string service)
    {
        var file = new DeserializerBuilder().Build().Deserialize<Dictionary<string, object>>(
            new YamlDotNet.Core.MergingParser(new YamlDotNet.Core.Parser(File.OpenText(Path.Combine(folder, "compose.yaml")))));
        var services = (Dictionary<object, object>)file["services"];
        var environment = (Dictionary<object, object>)((Dictionary<object, object>)services[service])["environment"];
        return environment.ToDictionary(pair => (string)pair.Key, pair => (string)pair.Value);
    }

    /// <summary>The configuration in a folder where the rules are, as the container sees them.</summary>
    private sealed class MountedRules : IDisposable
    {
        private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("forecaster-compose-");

        public MountedRules(string compose)
        {
            File.Copy(Path.Combine(compose, "prometheus.yml"), Configuration);
            Directory.CreateDirectory(Path.Combine(folder.FullName, "rules"));
            foreach (string rules in Directory.GetFiles(Path.Combine(Helm.Chart, "rules"), "*.yaml"))
            {
                File.Copy(rules, Path.Combine(folder.FullName, "rules", Path.GetFileName(rules)));
            }
        }

        public string Configuration => Path.Combine(folder.FullName, "prometheus.yml");

        public void Dispose() => folder.Delete(recursive: true);
    }
}

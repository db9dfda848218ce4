using System.Collections;
using System.Text.Json;
using k8s.Models;
using Streaming.Daemon.Configuration;

namespace Chart.Tests;

/// <summary>The chart's config and the daemon's options are the same names.</summary>
public sealed class ConfigurationTests
{
    /// <summary>Options that the chart sets by itself, and a secret: refused in config.</summary>
    private static readonly string[] ownedByChart =
        ["Http", "Kafka:BootstrapServers", "Kafka:InstanceId", "Input:Schema:RegistryPassword"];

    [Fact]
    public void Schema_Config_NamesEveryOptionAndNoOther()
    {
        using FileStream file = File.OpenRead(Path.Combine(Helm.Chart, "values.schema.json"));
        using var schema = JsonDocument.Parse(file);
        JsonElement config = schema.RootElement.GetProperty("definitions").GetProperty("config");

        IEnumerable<string> options = OptionNames(typeof(ForecasterOptions), "")
            .Where(name => !ownedByChart.Any(owned => name == owned || name.StartsWith(owned + ':')))
            .Concat(OptionsSchema.HostSections);
        Assert.Equal(options.Order(), SchemaNames(config, "").Order());
    }

    [TheoryNeeding(Helm.Program), MemberData(nameof(ValuesFiles.All), MemberType = typeof(ValuesFiles))]
    public void ConfigMap_AnyConfiguration_IsAcceptedByTheDaemon(string valuesFile)
    {
        var manifests = Manifests.Render(ValuesFiles.Arguments(valuesFile));

        ForecasterOptions options = LoadedOptions.Of(manifests.Configuration);

        Assert.NotEmpty(options.Kafka.BootstrapServers);
        Assert.Equal(manifests.Container.Ports[0].ContainerPort, options.Http.Port);
    }

    [FactNeeding(Helm.Program)]
    public void ConfigMap_Defaults_AreTheDaemonsDefaults()
    {
        ForecasterOptions options = LoadedOptions.Of(Manifests.Render().Configuration);

        var expected = new ForecasterOptions { Kafka = options.Kafka };
        Assert.Equal(JsonSerializer.Serialize(expected), JsonSerializer.Serialize(options));
    }

    [FactNeeding(Helm.Program)]
    public void ConfigMap_TlsAndSasl_AreLibrdkafkaProperties()
    {
        ForecasterOptions options = LoadedOptions.Of(
            Manifests.Render(ValuesFiles.Arguments("secured-values.yaml")).Configuration);

        Assert.Equal("sasl_ssl", options.Kafka.Client["security.protocol"]);
        Assert.Equal("SCRAM-SHA-512", options.Kafka.Client["sasl.mechanism"]);
        Assert.Equal("/etc/forecaster/secrets/tls/ca.crt", options.Kafka.Client["ssl.ca.location"]);
        Assert.Equal("100", options.Kafka.Consumer["fetch.wait.max.ms"]);
        Assert.Equal([1, 12, 288], options.Model.Horizons);
    }

    [TheoryNeeding(Helm.Program)]
    [InlineData(false, "", "plaintext")]
    [InlineData(true, "", "ssl")]
    [InlineData(false, "PLAIN", "sasl_plaintext")]
    [InlineData(true, "PLAIN", "sasl_ssl")]
    public void ConfigMap_TlsAndSasl_DecideTheProtocol(bool tls, string mechanism, string protocol)
    {
        ForecasterOptions options = LoadedOptions.Of(Manifests.Render(
            "--set", $"kafka.tls.enabled={(tls ? "true" : "false")}",
            "--set", $"kafka.sasl.mechanism={mechanism}",
            "--set", "kafka.existingSecret=credentials").Configuration);

        Assert.Equal(protocol, options.Kafka.Client["security.protocol"]);
    }

    [TheoryNeeding(Helm.Program)]
    [InlineData("secured-values.yaml")]
    [InlineData("mutual-tls-values.yaml")]
    [InlineData("oauth-values.yaml")]
    public void Secrets_MountedAsTheChartSays_ReachTheDaemonsOptions(string valuesFile)
    {
        var manifests = Manifests.Render(ValuesFiles.Arguments(valuesFile));
        using var folder = new SecretsFolder(manifests.Pod.Spec);

        var environment = new Hashtable { ["FORECASTER_SECRETS"] = folder.Path };
        ForecasterOptions options = LoadedOptions.Of(manifests.Configuration, environment);

        Assert.Equal(NewSecrets.Stop, options.Kafka.NewSecrets);
        Assert.All(folder.Settings, setting => Assert.Equal(
            SecretsFolder.ContentOf(setting.Key), Setting(options, setting.Path)));
        Assert.All(
            options.Kafka.Client.Where(property => property.Key.EndsWith(".location", StringComparison.Ordinal)),
            property => Assert.Contains(property.Value, folder.MountedFiles));
    }

    private static string? Setting(ForecasterOptions options, string path) => path.Split("__") switch
    {
        ["Kafka", "Client", var property] => options.Kafka.Client[property],
        ["Http", "ReadToken"] => options.Http.ReadToken,
        ["Http", "WriteToken"] => options.Http.WriteToken,
        ["Input", "Schema", "RegistryUser"] => options.Input.Schema.RegistryUser,
        ["Input", "Schema", "RegistryPassword"] => options.Input.Schema.RegistryPassword,
        _ => null,
    };

    /// <summary>Names of the options below a record, sections joined by colons as in configuration keys.</summary>
    private static IEnumerable<string> OptionNames(Type record, string path) =>
        OptionsSchema.Settings(record).SelectMany(property =>
        {
            string name = OptionsSchema.Join(path, property.Name);
            Type type = OptionsSchema.ElementType(property.PropertyType) ?? property.PropertyType;
            return OptionsSchema.IsSection(type) ? OptionNames(type, name) : [name];
        });

    /// <summary>Names of the leaves of a schema, in the same form.</summary>
    private static IEnumerable<string> SchemaNames(JsonElement schema, string path) =>
        schema.GetProperty("properties").EnumerateObject().SelectMany(property =>
        {
            string name = OptionsSchema.Join(path, property.Name);
            JsonElement element = property.Value.TryGetProperty("items", out JsonElement items) ? items : property.Value;
            return element.TryGetProperty("properties", out _) ? SchemaNames(element, name) : [name];
        });
}

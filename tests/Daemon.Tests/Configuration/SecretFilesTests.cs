using System.Collections;
using Streaming.Daemon.Configuration;

namespace Daemon.Tests.Configuration;

public sealed class SecretFilesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("hunter2", "hunter2")]
    [InlineData("hunter2\n", "hunter2")]
    [InlineData("hunter2\r\n", "hunter2")]
    [InlineData(" hunter2 \n\n", " hunter2 \n")]
    public void Load_AFileNamedAsASetting_IsItsValue(string content, string expected)
    {
        folder.Write("Kafka__Client__sasl.password", content);
        folder.Write("Input__Schema__RegistryPassword", content);

        ForecasterOptions? options = Load().Options;

        Assert.Equal(expected, options?.Kafka.Client["sasl.password"]);
        Assert.Equal(expected, options?.Input.Schema.RegistryPassword);
    }

    [Fact]
    public void Load_FoldersAndHiddenFiles_ArePassedOver()
    {
        Directory.CreateDirectory(Path.Combine(folder.Path, "tls"));
        folder.Write(Path.Combine("tls", "ca.crt"), "certificate");
        folder.Write("..data", "a kubelet's link");

        Assert.Empty(Load().Errors);
    }

    [Fact]
    public void Load_AVariableOfTheSameName_Wins()
    {
        folder.Write("Kafka__Client__sasl.password", "old");

        ForecasterOptions? options = Load(("FORECASTER__Kafka__Client__sasl.password", "new")).Options;

        Assert.Equal("new", options?.Kafka.Client["sasl.password"]);
    }

    [Theory]
    [InlineData("Input__Schema")]
    [InlineData("Pipeline__Lanes")]
    [InlineData("Model__Horizons")]
    [InlineData("Kafka__Client")]
    [InlineData("passwd")]
    public void Load_AFileWithTheWrongName_IsNamedButNotShown(string name)
    {
        folder.Write(name, "hunter2");

        IReadOnlyList<ConfigurationError> errors = Load().Errors;

        Assert.Contains(errors, error => error.Message.Contains(folder.Path, StringComparison.Ordinal));
        Assert.DoesNotContain("hunter2", string.Join(' ', errors), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_NoSuchFolder_IsAnError()
    {
        var environment = new Hashtable { [SecretFiles.Variable] = Path.Combine(folder.Path, "none") };

        ConfigurationResult result = ConfigurationLoader.Load(Sources.Request(Sources.Broker) with { Environment = environment });

        Assert.Contains("does not exist", Assert.Single(result.Errors).Message, StringComparison.Ordinal);
    }

    private ConfigurationResult Load(params (string Key, string Value)[] variables)
    {
        var environment = new Hashtable { [SecretFiles.Variable] = folder.Path };
        foreach ((string key, string value) in variables)
        {
            environment[key] = value;
        }

        return ConfigurationLoader.Load(Sources.Request(Sources.Broker) with { Environment = environment });
    }
}

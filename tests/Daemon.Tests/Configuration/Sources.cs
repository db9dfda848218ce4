using System.Collections;
using Streaming.Daemon.Configuration;

namespace Daemon.Tests.Configuration;

/// <summary>Configurations for tests: nothing of the machine's environment or files leaks in.</summary>
internal static class Sources
{
    /// <summary>The one setting that has no default.</summary>
    public static readonly (string Key, string? Value) Broker = ("Kafka:BootstrapServers", "127.0.0.1:9092");

    public static ConfigurationRequest Request(params (string Key, string? Value)[] overrides) => new()
    {
        SettingsFiles = [],
        Environment = new Hashtable(),
        Overrides = overrides.ToDictionary(pair => pair.Key, pair => pair.Value),
    };

    /// <summary>Loads settings on top of a broker's address.</summary>
    public static ConfigurationResult Load(params (string Key, string? Value)[] overrides) =>
        ConfigurationLoader.Load(Request([Broker, .. overrides]));

    /// <summary>Loads settings that must be valid.</summary>
    public static ForecasterOptions Options(params (string Key, string? Value)[] overrides)
    {
        ConfigurationResult result = Load(overrides);
        Assert.Empty(result.Errors);
        return result.Options!;
    }
}

using System.CommandLine;
using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Cli;

/// <summary>What commands that take a configuration share.</summary>
internal static class ConfigurationInput
{
    public static Option<string?> Option() => new("--config", "-c")
    {
        Description = "JSON file of settings; it wins over appsettings.json, environment variables win over it.",
        HelpName = "FILE",
    };

    /// <summary>Loads the configuration and prints all that is wrong with it to stderr, one line an error.</summary>
    public static ConfigurationResult Load(string? configFile, TextWriter stderr)
    {
        ConfigurationResult result = ConfigurationLoader.Load(new() { ConfigFile = configFile });
        Print(result, stderr);
        return result;
    }

    /// <summary>Prints all that is wrong to stderr, one line an error.</summary>
    public static void Print(ConfigurationResult result, TextWriter stderr)
    {
        foreach (ConfigurationError error in result.Errors)
        {
            stderr.WriteLine(OneLine.Of(error.ToString()));
        }
    }
}

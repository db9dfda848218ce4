using System.Collections;
using Streaming.Daemon.Configuration;

namespace Chart.Tests;

/// <summary>What the daemon's own loader makes of the chart's file and variables.</summary>
internal static class LoadedOptions
{
    /// <summary>Hands it a rendered file, as --config does.</summary>
    /// <param name="json">The file.</param>
    /// <param name="environment">Variables of the process; null: none.</param>
    public static ForecasterOptions Of(string json, Hashtable? environment = null)
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, json);
            ConfigurationResult result = ConfigurationLoader.Load(new()
            {
                SettingsFiles = [],
                ConfigFile = file,
                Environment = environment ?? new Hashtable(),
            });
            Assert.Empty(result.Errors);
            return result.Options!;
        }
        finally
        {
            File.Delete(file);
        }
    }
}

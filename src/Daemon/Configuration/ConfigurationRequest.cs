using System.Collections;

namespace Streaming.Daemon.Configuration;

/// <summary>Where to look for the configuration, lowest precedence first.</summary>
internal sealed record ConfigurationRequest
{
    /// <summary>Optional files: next to the executable, then in the working directory.</summary>
    public IReadOnlyList<string> SettingsFiles { get; init; } = DefaultSettingsFiles();

    /// <summary>The file that --config names; it must exist.</summary>
    public string? ConfigFile { get; init; }

    /// <summary>Environment variables; those that start with FORECASTER__ count.</summary>
    public IDictionary Environment { get; init; } = System.Environment.GetEnvironmentVariables();

    /// <summary>Settings of the caller (demo, tests), keys as "Section:Key".</summary>
    public IReadOnlyDictionary<string, string?> Overrides { get; init; } = new Dictionary<string, string?>();

    /// <summary>The caller's last word on what was read, before it is checked; null for none.</summary>
    public Func<ForecasterOptions, ForecasterOptions>? Adjust { get; init; }

    private static string[] DefaultSettingsFiles()
    {
        const string Name = "appsettings.json";
        string[] files = [Path.Combine(AppContext.BaseDirectory, Name), Path.GetFullPath(Name)];
        return [.. files.Distinct(StringComparer.Ordinal)];
    }
}

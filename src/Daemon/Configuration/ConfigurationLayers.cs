using System.Collections;
using System.Text.Json;

namespace Streaming.Daemon.Configuration;

/// <summary>Reads the sources of the configuration, one layer each.</summary>
internal static class ConfigurationLayers
{
    public const string EnvironmentPrefix = "FORECASTER__";

    /// <summary>Reads every source there is.</summary>
    /// <param name="request">Where to look.</param>
    /// <param name="errors">Gets files that are missing, unreadable or malformed; the others are still read.</param>
    /// <returns>Layers, lowest precedence first.</returns>
    public static List<ConfigurationLayer> Read(ConfigurationRequest request, List<ConfigurationError> errors)
    {
        var layers = new List<ConfigurationLayer>();
        foreach (string file in request.SettingsFiles.Where(File.Exists))
        {
            AddFile(file, layers, errors);
        }

        if (request.ConfigFile is { } config)
        {
            AddFile(config, layers, errors);
        }

        if (request.Environment[SecretFiles.Variable] is string { Length: > 0 } secrets)
        {
            layers.Add(new(secrets, FromPairs(SecretFiles.Read(secrets, errors)), IsSecret: true));
        }

        layers.Add(new("environment", FromPairs(EnvironmentPairs(request.Environment))));
        if (request.Overrides.Count > 0)
        {
            layers.Add(new("command line", FromPairs(request.Overrides)));
        }

        return layers;
    }

    private static void AddFile(string file, List<ConfigurationLayer> layers, List<ConfigurationError> errors)
    {
        try
        {
            using var content = new MemoryStream(File.ReadAllBytes(file));
            layers.Add(new(file, new ConfigurationBuilder().AddJsonStream(content).Build()));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            errors.Add(new(file, "the file does not exist"));
        }
        catch (JsonException e)
        {
            string line = e.LineNumber is { } zeroBased ? $"line {zeroBased + 1}: " : "";
            errors.Add(new(file, $"{line}malformed JSON: {WithoutPosition(e.Message)}"));
        }
        catch (FormatException e)
        {
            errors.Add(new(file, $"malformed: {e.Message}"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            errors.Add(new(file, $"cannot be read: {e.Message}"));
        }
    }

    /// <summary>System.Text.Json ends its messages with a line counted from zero: it would contradict ours.</summary>
    private static string WithoutPosition(string message)
    {
        int position = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return position < 0 ? message : message[..position];
    }

    private static IEnumerable<KeyValuePair<string, string?>> EnvironmentPairs(IDictionary variables) =>
        from DictionaryEntry variable in variables
        let name = (string)variable.Key
        where name.StartsWith(EnvironmentPrefix, StringComparison.OrdinalIgnoreCase)
        select KeyValuePair.Create(
            name[EnvironmentPrefix.Length..].Replace("__", ":", StringComparison.Ordinal), (string?)variable.Value);

    internal static IConfigurationRoot FromPairs(IEnumerable<KeyValuePair<string, string?>> pairs) =>
        new ConfigurationBuilder().AddInMemoryCollection(pairs).Build();
}

namespace Streaming.Daemon.Configuration;

/// <summary>Settings out of mounted secrets: a file each, named as a variable is behind its prefix
/// (Kafka__Client__sasl.password), which holds the value.</summary>
/// <remarks>Folders in it, and names that begin with a dot (a kubelet's links), are passed over: files that librdkafka reads
/// by itself can stand there.</remarks>
internal static class SecretFiles
{
    /// <summary>Environment variable that names the folder.</summary>
    public const string Variable = "FORECASTER_SECRETS";

    private const int MaxBytes = 1 << 20;

    /// <summary>Reads the folder.</summary>
    /// <param name="folder">Where they are.</param>
    /// <param name="errors">Gets what can't be read; never what a file holds.</param>
    public static IReadOnlyList<KeyValuePair<string, string?>> Read(string folder, List<ConfigurationError> errors)
    {
        var settings = new List<KeyValuePair<string, string?>>();
        if (!Directory.Exists(folder))
        {
            errors.Add(new(Variable, $"the folder '{folder}' does not exist"));
            return settings;
        }

        foreach (string file in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileName(file);
            if (!name.StartsWith('.'))
            {
                Add(file, name.Replace("__", ":", StringComparison.Ordinal), settings, errors);
            }
        }

        return settings;
    }

    private static void Add(
        string file, string key, List<KeyValuePair<string, string?>> settings, List<ConfigurationError> errors)
    {
        try
        {
            if (new FileInfo(file).Length > MaxBytes)
            {
                errors.Add(new(file, $"is larger than {MaxBytes} bytes"));
                return;
            }

            settings.Add(new(key, WithoutLineEnd(File.ReadAllText(file))));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            errors.Add(new(file, $"cannot be read: {e.Message}"));
        }
    }

    /// <summary>Editors end a file with a line end that no password has.</summary>
    private static string WithoutLineEnd(string text) =>
        text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2] : text.EndsWith('\n') ? text[..^1] : text;
}

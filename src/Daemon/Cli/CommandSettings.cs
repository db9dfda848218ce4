using System.CommandLine;
using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Cli;

/// <summary>Options of a command that are settings: of the configuration, or of the command alone.</summary>
/// <remarks>They are read and checked as the settings of a file are, so a wrong one gets the same words.</remarks>
/// <typeparam name="T">The command's own settings.</typeparam>
/// <param name="ofConfiguration">Those of the configuration.</param>
/// <param name="ofCommand">Those of the command, keyed by the properties of <typeparamref name="T"/>.</param>
internal sealed class CommandSettings<T>(CommandSetting[] ofConfiguration, CommandSetting[] ofCommand)
    where T : new()
{
    private const string Source = "command line";

    public void AddTo(Command command)
    {
        foreach (CommandSetting setting in ofConfiguration.Concat(ofCommand))
        {
            command.Options.Add(setting.Option);
        }
    }

    /// <summary>Settings of the configuration that were given, by their keys.</summary>
    public IReadOnlyDictionary<string, string?> Configuration(ParseResult parsed) =>
        Given(ofConfiguration, parsed).ToDictionary();

    /// <summary>Settings of the command, checked.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="errors">Gets everything that is wrong with them.</param>
    public T Options(ParseResult parsed, List<ConfigurationError> errors)
    {
        var layer = new ConfigurationLayer(Source, ConfigurationLayers.FromPairs(Given(ofCommand, parsed)));
        T options = new OptionsBinder(errors).Bind<T>([layer]);
        errors.AddRange(ConfigurationValidator.Section(options!, ""));
        return options;
    }

    /// <summary>An error as a line that calls a setting by its option.</summary>
    public string Text(ConfigurationError error)
    {
        CommandSetting? setting = Array.Find([.. ofConfiguration, .. ofCommand], one => IsOf(error.Key, one.Key));
        return setting is null ? $"{error}" : $"{setting.Option.Name}: {error.Message}";
    }

    private static IEnumerable<KeyValuePair<string, string?>> Given(CommandSetting[] settings, ParseResult parsed) =>
        settings.Where(setting => setting.Texts(parsed).Length > 0)
            .Select(setting => KeyValuePair.Create(setting.Key, (string?)string.Join(',', setting.Texts(parsed))));

    private static bool IsOf(string key, string setting) =>
        key == setting || key.StartsWith($"{setting}:", StringComparison.Ordinal);
}

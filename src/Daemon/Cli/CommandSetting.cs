using System.CommandLine;
using Streaming.Daemon.Pretraining;

namespace Streaming.Daemon.Cli;

/// <summary>One option of a command that is a setting.</summary>
internal sealed class CommandSetting
{
    /// <param name="name">The option.</param>
    /// <param name="key">The setting: a key of the configuration, or a property of the command's own settings.</param>
    /// <param name="sample">What a value looks like.</param>
    /// <param name="description">What it decides.</param>
    public CommandSetting(string name, string key, string sample, string description)
    {
        Key = key;
        Option = new(name)
        {
            Description = description,
            HelpName = sample,
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = false, // DATA may follow
        };
        if (sample.Contains('|', StringComparison.Ordinal))
        {
            Option.CompletionSources.Add(sample.Split('|'));
        }
    }

    public string Key { get; }

    public Option<string[]> Option { get; }

    /// <summary>A setting of a command's own: option and default follow from the property.</summary>
    /// <typeparam name="T">The command's settings.</typeparam>
    /// <param name="property">One of their properties.</param>
    /// <param name="sample">What a value looks like.</param>
    /// <param name="description">What it decides.</param>
    public static CommandSetting Of<T>(string property, string sample, string description)
        where T : new() => new(
        OptionText.Name(property), property, sample,
        $"{description} Default {OptionText.Value(typeof(T).GetProperty(property)!.GetValue(new T()))}.");

    public string[] Texts(ParseResult parsed) => parsed.GetValue(Option) ?? [];
}

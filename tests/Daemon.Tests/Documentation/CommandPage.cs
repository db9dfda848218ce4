using System.CommandLine;
using Streaming.Daemon.Cli;

namespace Streaming.Daemon.Tests.Documentation;

/// <summary>docs/commands.md, made of the commands' own help.</summary>
internal static class CommandPage
{
    private const string Name = "forecaster";

    private static readonly string[] head =
    [
        "# Commands",
        "",
        "This page is made of what `--help` says (`UPDATE_DOCUMENTS=1 dotnet test tests/Daemon.Tests --filter CommandPage`).",
        "`forecaster` stands for `dotnet run -c Release --project src/Daemon --` in a clone.",
        "",
        "Results go to stdout, all else to stderr; with `--json` stdout holds the result alone, in the form shown below (what is",
        "null is left out, or null). Colours, borders and bars appear on terminals only, colours not where `NO_COLOR` is set.",
        "`forecaster completion` has the shell complete commands, options and values.",
        "",
        "| exit code | means |",
        "| --- | --- |",
    ];

    public static IEnumerable<string> Lines() =>
    [
        .. head,
        .. ExitCodes.All.Select(code => $"| {code.Code} | {code.Means} |"),
        .. Leaves(ForecasterCommand.Create(), Name).SelectMany(one => Section(one.Command, one.Path)),
    ];

    /// <summary>Every command that does something, with all words that call it.</summary>
    public static IEnumerable<(Command Command, string Path)> Leaves(Command command, string path) =>
        command.Subcommands.Count == 0
            ? [(command, path)]
            : command.Subcommands.SelectMany(one => Leaves(one, $"{path} {one.Name}"));

    private static IEnumerable<string> Section(Command command, string path)
    {
        yield return "";
        yield return $"## {path}";
        yield return "";
        foreach (string line in Markdown(command.Description!))
        {
            yield return line;
        }

        if (command.Arguments.Count + command.Options.Count > 0)
        {
            yield return "";
            yield return "| takes | which is |";
            yield return "| --- | --- |";
        }

        foreach (Argument argument in command.Arguments)
        {
            yield return $"| `{argument.Name}` | {Cell(argument.Description!)} |";
        }

        foreach (Option option in command.Options.Where(option => option.Name != "--help"))
        {
            string names = string.Join(", ", option.Aliases.Prepend(option.Name).Select(name => $"`{name}`"));
            string value = option.HelpName is { } help ? $" `{Cell(help)}`" : "";
            yield return $"| {names}{value} | {Cell(option.Description!)} |";
        }

        if (command.Options.OfType<JsonOption>().SingleOrDefault() is { } json)
        {
            yield return "";
            yield return "```text";
            foreach (string line in new JsonShape(json.ResultFormat).Lines(json.Result))
            {
                yield return line;
            }

            yield return "```";
        }
    }

    private static string Cell(string text) =>
        text.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal);

    /// <summary>Help as a page: what is indented there is to be typed.</summary>
    private static IEnumerable<string> Markdown(string help)
    {
        bool inCode = false;
        foreach (string line in help.ReplaceLineEndings("\n").Split('\n'))
        {
            bool isCode = line.StartsWith("  ", StringComparison.Ordinal);
            if (isCode && !inCode)
            {
                yield return "";
                yield return "```sh";
            }
            else if (inCode && !isCode)
            {
                yield return "```";
            }

            inCode = isCode;
            yield return line.Trim();
        }

        if (inCode)
        {
            yield return "```";
        }
    }
}

using System.CommandLine;
using System.CommandLine.Parsing;
using System.Reflection;
using System.Text.RegularExpressions;
using Streaming.Daemon.Cli;

namespace Streaming.Daemon.Tests.Documentation;

/// <summary>What help teaches, and the page that is made of it.</summary>
public sealed partial class CommandPageTests
{
    /// <summary>One serves until it is stopped, one prints JSON whatever it is told, one prints a script.</summary>
    private static readonly string[] withoutJson = ["forecaster run", "forecaster decode", "forecaster completion"];

    public static TheoryData<string> Paths => [.. Leaves.Select(one => one.Path)];

    private static IEnumerable<(Command Command, string Path)> Leaves =>
        CommandPage.Leaves(ForecasterCommand.Create(), "forecaster");

    [Fact]
    public void CommandPage_IsMadeOfTheCommands() => GeneratedPage.Check("commands.md", CommandPage.Lines());

    [Fact]
    public void ExitCodes_AllOfThem_AreDocumented()
    {
        IEnumerable<int> codes = typeof(ExitCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.IsLiteral).Select(field => (int)field.GetRawConstantValue()!);

        Assert.Equal(codes.Order(), ExitCodes.All.Select(code => code.Code));
    }

    [Theory, MemberData(nameof(Paths))]
    public void Help_OfACommand_HasExamplesThatParse(string path)
    {
        Command command = Leaves.Single(one => one.Path == path).Command;
        string[] examples =
        [
            .. command.Description!.ReplaceLineEndings("\n").Split('\n')
                .Where(line => line.StartsWith("  ", StringComparison.Ordinal)),
        ];

        Assert.Contains(examples, example => example.Contains(path, StringComparison.Ordinal));
        Assert.All(examples, example =>
        {
            string arguments = Call().Match(example).Groups[1].Value;
            ParseResult parsed = ForecasterCommand.Create().Parse(CommandLineParser.SplitCommandLine(arguments).ToArray());
            Assert.Empty(parsed.Errors);
            Assert.Equal(command.Name, parsed.CommandResult.Command.Name);
        });
    }

    [Theory, MemberData(nameof(Paths))]
    public void Command_ThatPrintsAResult_HasJson(string path)
    {
        Command command = Leaves.Single(one => one.Path == path).Command;

        Assert.Equal(!withoutJson.Contains(path), command.Options.OfType<JsonOption>().Any());
    }

    /// <summary>The call within a line of a shell: behind variables or a pipe, before where its output goes.</summary>
    [GeneratedRegex(@"forecaster (.*?)( >.*|\).*)?$")]
    private static partial Regex Call();
}

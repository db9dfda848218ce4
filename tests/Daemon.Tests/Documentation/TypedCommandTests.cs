using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using Streaming.Daemon.Cli;

namespace Streaming.Daemon.Tests.Documentation;

/// <summary>What pages have readers type is what the parser takes.</summary>
public sealed partial class TypedCommandTests
{
    public static TheoryData<string> Commands =>
    [
        .. Directory.EnumerateFiles(RepositoryRoot.Combine("docs"), "*.md", SearchOption.AllDirectories)
            .Append(RepositoryRoot.Combine("README.md"))
            .SelectMany(page => Shell().Matches(File.ReadAllText(page)))
            .SelectMany(block => block.Groups[1].Value.Replace("\\\n", "", StringComparison.Ordinal).Split('\n'))
            .Select(line => Ours().Match(line))
            .Where(match => match.Success && !match.Value.Contains(" [", StringComparison.Ordinal)) // a synopsis
            .Select(match => match.Groups[1].Value.Replace("$(seq -s, 48)", "1,2", StringComparison.Ordinal))
            .Distinct(),
    ];

    [Theory, MemberData(nameof(Commands))]
    public void Page_ACommandOfOurs_Parses(string arguments)
    {
        ParseResult parsed = ForecasterCommand.Create().Parse(CommandLineParser.SplitCommandLine(arguments).ToArray());

        Assert.Empty(parsed.Errors);
    }

    [Fact]
    public void Commands_OfTheReadme_AreAmongThem() =>
        Assert.Contains("run --config forecaster.json", ((IEnumerable<object[]>)Commands).Select(row => (string)row[0]));

    [GeneratedRegex(@"^```sh\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Shell();

    /// <summary>Behind variables or a pipe, before a remark or where output goes.</summary>
    [GeneratedRegex(@"^(?:[^#]*\| |(?:\w+=\S+ )*)(?:dotnet run -c Release --project src/Daemon --|forecaster) (.+?)(?: +[#>].*)?$")]
    private static partial Regex Ours();
}

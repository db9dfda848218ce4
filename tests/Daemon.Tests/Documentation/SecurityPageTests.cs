using System.Text.RegularExpressions;

namespace Streaming.Daemon.Tests.Documentation;

/// <summary>A defence that docs/security.md claims has the tests that it names.</summary>
public sealed partial class SecurityPageTests
{
    private const string Heading = "| attempt | what it comes to | tests |";

    [Fact]
    public void SecurityPage_EveryDefence_NamesTestsThatExist()
    {
        string page = File.ReadAllText(RepositoryRoot.Combine("docs", "security.md"));
        string[] rows =
        [
            .. page.Split(Heading).Skip(1).SelectMany(part => part.Split('\n').Skip(2).TakeWhile(line => line.StartsWith('|'))),
        ];
        HashSet<string> tests =
        [
            .. Directory.EnumerateFiles(RepositoryRoot.Combine("tests"), "*Tests.cs", SearchOption.AllDirectories)
                .SelectMany(file => Method().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value)),
        ];

        Assert.True(rows.Length > 15, "The tables of attempts are gone.");
        Assert.All(rows, row =>
        {
            string[] named = [.. Name().Matches(row.Split('|')[^2]).Select(match => match.Groups[1].Value)];
            Assert.NotEmpty(named);
            Assert.All(named, name => Assert.Contains(name, tests));
        });
    }

    [GeneratedRegex(@"public (?:async )?(?:void|Task) (\w+)\(")]
    private static partial Regex Method();

    [GeneratedRegex("`(\\w+)`")]
    private static partial Regex Name();
}

using System.Text.RegularExpressions;

namespace Streaming.Daemon.Tests.Documentation;

/// <summary>Links of one page to another lead somewhere: to a file of the project, and a heading in it.</summary>
public sealed partial class LinkTests
{
    private static readonly string root = RepositoryRoot.Combine();

    public static TheoryData<string> Pages =>
    [
        .. new[] { "docs", "helm", "deploy", "tests" }
            .SelectMany(folder => Directory.EnumerateFiles(RepositoryRoot.Combine(folder), "*.md", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(root, "*.md"))
            .Select(file => Path.GetRelativePath(root, file)),
    ];

    [Theory, MemberData(nameof(Pages))]
    public void Page_EveryLink_LeadsSomewhere(string page)
    {
        string path = RepositoryRoot.Combine(page);

        Assert.All(Link().Matches(Prose(path)).Select(match => match.Groups[1].Value), link =>
        {
            string[] parts = link.Split('#');
            string target = parts[0].Length == 0 ? path : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, parts[0]));
            Assert.True(Path.Exists(target), $"{link}: there is no such file.");
            if (parts.Length > 1 && target.EndsWith(".md", StringComparison.Ordinal))
            {
                Assert.Contains(parts[1], Headings(target));
            }
        });
    }

    /// <summary>Headings as their links name them.</summary>
    private static IEnumerable<string> Headings(string page) =>
        File.ReadLines(page).Where(line => line.StartsWith('#'))
            .Select(line => Unlinked().Replace(line.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    /// <summary>A page without its code.</summary>
    private static string Prose(string path) => Code().Replace(File.ReadAllText(path), "");

    [GeneratedRegex(@"\]\((?!\w+:)([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]")]
    private static partial Regex Unlinked();

    [GeneratedRegex(@"^```.*?^```|`[^`\n]+`", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Code();
}

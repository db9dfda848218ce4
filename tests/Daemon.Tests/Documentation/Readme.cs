namespace Streaming.Daemon.Tests.Documentation;

/// <summary>The README and the pages under docs as their readers see them: tables and code blocks.</summary>
internal static class Readme
{
    private static readonly string[] lines = File.ReadAllLines(RepositoryRoot.Combine("README.md"));

    /// <summary>Rows below the heading of a table in a file under docs, one string a cell.</summary>
    /// <param name="document">The file.</param>
    /// <param name="heading">The table's first line.</param>
    public static IReadOnlyList<string[]> TableOf(string document, string heading) =>
        Table(File.ReadAllLines(RepositoryRoot.Combine("docs", document)), heading);

    /// <summary>The code blocks of a language, in order.</summary>
    public static IReadOnlyList<string> Blocks(string language) => Blocks(lines, language);

    /// <summary>Those of a file under docs.</summary>
    public static IReadOnlyList<string> BlocksOf(string document, string language) =>
        Blocks(File.ReadAllLines(RepositoryRoot.Combine("docs", document)), language);

    private static IReadOnlyList<string> Blocks(string[] lines, string language) =>
    [
        .. string.Join('\n', lines).Split("\n```" + language + "\n").Skip(1).Select(text => text.Split("\n```")[0]),
    ];

    private static IReadOnlyList<string[]> Table(string[] lines, string heading)
    {
        int at = Array.IndexOf(lines, heading);
        Assert.True(at >= 0, $"There is no table headed '{heading}'.");
        return
        [
            .. lines.Skip(at + 2).TakeWhile(line => line.StartsWith('|'))
                .Select(line => line.Trim('|', ' ').Split(" | ")),
        ];
    }
}

namespace Streaming.Daemon.Tests.Documentation;

public sealed class LicenceTableTests
{
    /// <summary>Environment variable that has the table written anew in place of compared.</summary>
    private const string Update = "UPDATE_DOCUMENTS";

    private static readonly string page = RepositoryRoot.Combine("docs", "licences.md");

    [Fact]
    public void LicencesPage_Table_IsMadeOfWhatTheDaemonShipsWith()
    {
        IReadOnlyList<string> table = LicenceTable.Lines();
        List<string> lines = [.. File.ReadAllLines(page)];
        int start = lines.IndexOf(LicenceTable.Heading);
        Assert.True(start >= 0, $"{page} has no table of packages.");
        int length = lines.Skip(start).TakeWhile(line => line.StartsWith('|')).Count();

        if (Environment.GetEnvironmentVariable(Update) == "1")
        {
            lines.RemoveRange(start, length);
            lines.InsertRange(start, table);
            File.WriteAllLines(page, lines);
            return;
        }

        Assert.Equal(table, lines.Skip(start).Take(length));
    }

    /// <summary>Nothing that ships obliges users of the daemon to more than to keep its notice.</summary>
    [Fact]
    public void Packages_OfTheDaemon_AreUnderPermissiveLicences()
    {
        string[] permissive =
        [
            "MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "its own: MIT License", "its own: Apache License",
            "https://github.com/confluentinc/librdkafka/blob/master/LICENSES.txt",
        ];

        Assert.All(
            LicenceTable.Lines().Skip(2),
            row => Assert.Contains(permissive, licence => row.EndsWith($"| {licence} |", StringComparison.Ordinal)));
    }
}

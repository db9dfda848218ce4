namespace Chart.Tests;

/// <summary>The chart's README tells of every value what it is for and what it is by default.</summary>
public sealed class ValuesTableTests
{
    /// <summary>Environment variable that has the table written anew in place of compared.</summary>
    private const string Update = "UPDATE_DOCUMENTS";

    private static readonly string readme = Path.Combine(Helm.Chart, "README.md");

    [Fact]
    public void Readme_Table_IsMadeOfTheValuesFile()
    {
        IReadOnlyList<string> table = ValuesTable.Of(File.ReadAllText(Path.Combine(Helm.Chart, "values.yaml")));
        List<string> lines = [.. File.ReadAllLines(readme)];
        int start = lines.IndexOf(ValuesTable.Heading);
        Assert.True(start >= 0, $"{readme} has no table of values.");
        int length = lines.Skip(start).TakeWhile(line => line.StartsWith('|')).Count();

        if (Environment.GetEnvironmentVariable(Update) == "1")
        {
            lines.RemoveRange(start, length);
            lines.InsertRange(start, table);
            File.WriteAllLines(readme, lines);
            return;
        }

        Assert.Equal(table, lines.Skip(start).Take(length));
    }

    [Fact]
    public void Of_AValueWithoutComment_IsNamed()
    {
        var e = Assert.Throws<InvalidOperationException>(() => ValuesTable.Of("# -- Pods.\nreplicas: 1\ntls:\n  enabled: false\n"));

        Assert.Contains("'tls.enabled'", e.Message, StringComparison.Ordinal);
    }
}

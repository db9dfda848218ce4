using Spectre.Console;
using Streaming.Daemon.Demo;

namespace Daemon.Tests.Demo;

public sealed class ScoreTableTests
{
    [Fact]
    public void Write_BundledStreams_HasALineASeriesWithin120Columns()
    {
        string[] ids = [.. DemoData.Read(DemoData.BundledFolder).Select(stream => stream.Series)];
        ScoreReport scores = new([1, 6, 24], [.. ids.Select(id => new SeriesReport(
            id, 4_000, [10.51, 1, double.NaN], [0.25, 0.5, 0.75], 0.897, 2, 1, 206, 171))]);
        StringWriter output = new();
        IAnsiConsole console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = 120;

        ScoreTable.Write(console, scores);

        string[] lines = output.ToString().Split('\n');
        Assert.All(lines, line => Assert.InRange(line.TrimEnd().Length, 0, 120));
        Assert.All(ids.Append("all"), id =>
        {
            string line = Assert.Single(lines, line => line.Trim().StartsWith(id + " ", StringComparison.Ordinal));
            Assert.Equal(
                ["0.25", "0.50", "0.75", "10.51", "1.00", "–", "89.7%"],
                line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..8]);
        });
        Assert.Contains("18/36", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("Left out of a mean", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_ManyStreamsWithoutLabels_TellsNothingOfLabelsAndOfTheFirstAlone()
    {
        ScoreReport scores = new([1], [.. Enumerable.Range(0, 60).Select(n => new SeriesReport(
            $"s{n:00}", 4_000, [1], [1], 0.9, 0, 0, 3, 3))]);
        StringWriter output = new();

        ScoreTable.Write(AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(output) }), scores);

        Assert.DoesNotContain("false", output.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("s49", output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("s50", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("… 10 more", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("180", output.ToString(), StringComparison.Ordinal); // alarms of all
    }
}

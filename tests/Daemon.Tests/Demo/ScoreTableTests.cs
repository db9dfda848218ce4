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
}

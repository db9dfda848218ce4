using System.Text.Json;
using Streaming.Daemon.Demo;

namespace Daemon.Tests.Demo;

public sealed class DemoSummaryTests
{
    [Fact]
    public void ToJson_FinishedDemo_HasExactlyTheDocumentedForm()
    {
        ScoreReport scores = new([1, 24],
        [
            new("a", 10, [0.9, 1], [0.5, double.NaN], 0.91, 2, 1, 5, 4),
            new("b", 10, [0.7, 1], [0.25, double.NaN], double.NaN, 3, 3, 6, 0),
        ]);
        DemoSnapshot end = new(30, 30, 20, TimeSpan.FromSeconds(1.5), "lstm@3", 2, scores);

        string json = DemoSummary.Of(end).ToJson();

        Assert.Equal(
            """
            {"series":2,"records":30,"forecasts":20,"seconds":1.5,"recordsPerSecond":20,
            "mase":{"1":0.375,"24":null},"coverage":0.91,"versionsAdopted":2,"anomalies":{"labelled":5,"found":4}}
            """.ReplaceLineEndings(""),
            json);
        using JsonDocument _ = JsonDocument.Parse(json);
    }
}

using System.Text.Json;
using Daemon.Tests.Backtest;
using Daemon.Tests.Configuration;
using Streaming.Daemon.Cli;

namespace Daemon.Tests.Cli.Backtest;

public sealed class BacktestCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Backtest_Json_IsOneArrayWithAnObjectAFileAndHorizon()
    {
        var streams = new HourlyStreams(seed: 1, series: 2, hours: 500);
        string wide = folder.Write("wide.csv", streams.ToWide()), longer = folder.Write("long.csv", streams.ToLong());

        CommandRun run = await CommandRun.InProcess(
            "backtest", wide, longer, "--horizons", "1,6", "--protocol", "A", "--network", "none", "--json");

        Assert.Equal(ExitCodes.Ok, run.ExitCode);
        Assert.Matches(@"wide\.csv: 2 series, (499|500) rows, scored from row 35\d on", run.Error);
        using JsonDocument document = JsonDocument.Parse(Assert.Single(run.Output.TrimEnd().Split('\n')));
        JsonElement[] results = [.. document.RootElement.EnumerateArray()];
        Assert.Equal(
            ["wide.csv A 1", "wide.csv A 6", "long.csv A 1", "long.csv A 6"],
            results.Select(one => $"{Text(one, "file")} {Text(one, "protocol")} {one.GetProperty("horizon").GetInt32()}"));
        Assert.All(results, one => Assert.Equal(
            ["file", "protocol", "horizon", "mse", "mae", "mase", "coverage90", "winkler90", "pinball", "experts",
                "atHorizon"],
            one.EnumerateObject().Select(property => property.Name)));
        foreach (string score in new[] { "mse", "mae", "mase", "coverage90", "winkler90", "pinball" })
        {
            Assert.Equal(Number(results[1], score), Number(results[3], score)); // a layout changes no score
            Assert.InRange(Number(results[1], score), 0.01, 10);
        }

        Assert.Equal(
            1, results[0].GetProperty("experts").EnumerateObject().Sum(weight => weight.Value.GetDouble()), 1e-4);
    }

    /// <summary>Against scores computed here, from the definition, of the experts that are known beforehand.</summary>
    [Fact]
    public async Task Backtest_Baselines_AreScoredAsTheProtocolSays()
    {
        var streams = new HourlyStreams(seed: 2, series: 2, hours: 500, hasGaps: false);
        string file = folder.Write("two.csv", streams.ToWide());

        CommandRun run = await CommandRun.InProcess(
            "backtest", file, "--horizons", "4", "--protocol", "A", "--network", "none", "--json", "--baselines");

        using JsonDocument document = JsonDocument.Parse(run.Output);
        JsonElement baselines = document.RootElement[0].GetProperty("baselines");
        foreach ((string name, int season) in new[] { ("persistence", 0), ("seasonal-24", 24) })
        {
            (double mse, double mae, double mase) = Reference(streams, season, horizon: 4);
            JsonElement scores = baselines.GetProperty(name);
            Assert.Equal(mse, Number(scores, "mse"), 1e-5);
            Assert.Equal(mae, Number(scores, "mae"), 1e-5);
            Assert.Equal(mase, Number(scores, "mase"), 1e-5);
        }

        Assert.False(baselines.TryGetProperty("intermittent", out _)); // silent: it would compare by few forecasts
        Assert.InRange(Number(document.RootElement[0], "mse"), 0, Number(baselines.GetProperty("persistence"), "mse"));
    }

    /// <summary>The configuration is the daemon's; the step, which groups need, comes from the file.</summary>
    [Theory]
    [InlineData("balanced")]
    [InlineData("accuracy")]
    public async Task Backtest_ConfigurationWithGroups_IsReplayedWithoutThem(string profile)
    {
        string file = folder.Write("w.csv", new HourlyStreams(seed: 3, series: 2, hours: 120).ToWide());
        string configuration = folder.Write(
            "groups.json", """{ "Series": { "Profile": "accuracy" }, "Groups": [{ "Members": ["a", "b"] }] }""");

        CommandRun run = await CommandRun.InProcess(
            "backtest", file, "--config", configuration, "--profile", profile, "--group", "none", "--horizons", "1");

        Assert.Equal((ExitCodes.Ok, ""), (run.ExitCode, run.Error));
    }

    [Fact]
    public async Task Backtest_Table_HasTheScoresThatWereAskedFor()
    {
        string file = folder.Write("w.csv", new HourlyStreams(seed: 3, series: 1, hours: 300).ToWide());

        CommandRun run = await CommandRun.InProcess("backtest", file, "--horizons", "3", "--scores", "mae,coverage");

        Assert.Equal((ExitCodes.Ok, ""), (run.ExitCode, run.Error));
        Assert.Matches(@"steps +MAE +coverage 90% +weight", run.Output);
        Assert.Matches(@"w\.csv +mixture +1–3 +\d\.\d{4} +\d+\.\d%", run.Output);
    }

    [Fact]
    public async Task Backtest_Report_IsOnePageThatNeedsNoOther()
    {
        string file = folder.Write(
            "hostile.csv", new HourlyStreams(seed: 4, series: 2, hours: 400).ToWide()
                .Replace("s1", "\"</script><b>\"", StringComparison.Ordinal));
        string page = Path.Combine(folder.Path, "report.html");

        CommandRun run = await CommandRun.InProcess("backtest", file, "--horizons", "1,6", "--report", page);

        Assert.Equal((ExitCodes.Ok, ""), (run.ExitCode, run.Error));
        Assert.Contains($"Report: {page}", run.Output, StringComparison.Ordinal);
        string html = await File.ReadAllTextAsync(page);
        Assert.DoesNotMatch(@"(?i)(src|href|@import|url\()\s*=?\s*[""']?(https?:)?//", html);
        Assert.Contains("default-src 'none'", html, StringComparison.Ordinal);
        Assert.Equal(1, html.Split("</script>").Length - 1);
        string data = html.Split("const files = ")[1].Split(";\n")[0];
        using JsonDocument document = JsonDocument.Parse(data);
        JsonElement report = document.RootElement[0];
        Assert.Equal("hostile.csv", Text(report, "name"));
        foreach (string part in new[] { "results", "byStep", "coverage", "errors", "series" })
        {
            Assert.NotEqual(0, report.GetProperty(part).GetArrayLength());
        }

        JsonElement fan = report.GetProperty("series")[0].GetProperty("fans")[3];
        Assert.Equal((6, 6), (fan.GetProperty("yhat").GetArrayLength(), fan.GetProperty("upper").GetArrayLength()));
    }

    [Theory]
    [InlineData("time,value\n2024-01-01,\n2024-01-02,NA\n", "all values are missing; there is nothing to forecast")]
    [InlineData("time,value\n2024-01-01,5\n", "no series has two times to infer a step from; name it with --step")]
    [InlineData("time,value\n2024-01-01,5\n2024-01-02,6\n", "2 steps are too few")]
    [InlineData("time,a,a\n2024-01-01,5,6\n", "line 1: 2 columns are named 'a'")]
    [InlineData("id,v\nx,1,2,3\nx,4,5,6\n", "line 3: the series 'x' has a line above")]
    [InlineData("time,value\n-1000,5\n-2000,6\n", "line 2: expected a time in field 1, found '-1000'")]
    [InlineData("time,value\n2024-01-01,5\n2024-01-02,6e200\n", "has the value 6E+200: numbers up to 1E+100 are taken")]
    public async Task Backtest_DataThatCantBeScored_SaysWhyInOneLine(string data, string reason)
    {
        string file = folder.Write("d.csv", data);

        CommandRun run = await CommandRun.InProcess("backtest", file, "--horizons", "1,3");

        Assert.Equal((ExitCodes.Configuration, ""), (run.ExitCode, run.Output));
        Assert.Contains(reason, Assert.Single(run.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--horizons", "6,1", "--horizons: must ascend strictly within 1 to 1024, but are 6, 1")]
    [InlineData("--protocol", "B", "--protocol: 'B' is not ")]
    [InlineData("--scores", "rmse", "--scores: 'rmse' is not ")]
    [InlineData("--step", "-01:00:00", "--step: '-01:00:00' must be a time span such as 00:05:00")]
    [InlineData("--network", "tuned", "--network: protocol prequential scores all rows")]
    [InlineData("--report", "nowhere/of/all/r.html", "--report: there is no folder ")]
    public async Task Backtest_WrongOption_SaysWhichAndWhy(string option, string value, string reason)
    {
        string file = folder.Write("d.csv", "time,value\n2024-01-01,5\n");

        CommandRun run = await CommandRun.InProcess("backtest", file, option, value);

        Assert.Equal((ExitCodes.Configuration, ""), (run.ExitCode, run.Output));
        Assert.Contains(reason, Assert.Single(run.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    /// <summary>Errors and the change of seasonal naive by the book: protocol A of 500 rows.</summary>
    private static (double Mse, double Mae, double Mase) Reference(HourlyStreams streams, int season, int horizon)
    {
        double mse = 0, mae = 0, mase = 0;
        for (int s = 0; s < streams.Series; s++)
        {
            double[] x = [.. streams.Values.Select(row => row[s])], train = x[..300];
            double mean = train.Average(), unit = Math.Sqrt(train.Average(v => (v - mean) * (v - mean)));
            double change = Enumerable.Range(24, 276).Average(t => Math.Abs(x[t] - x[t - 24]));
            double[] errors =
            [
                .. from t in Enumerable.Range(349, 500 - 349 - horizon)
                   from h in Enumerable.Range(1, horizon)
                   select x[t + h] - x[season == 0 ? t : t + h - season],
            ];
            mse += errors.Average(e => e * e) / (unit * unit) / streams.Series;
            mae += errors.Average(Math.Abs) / unit / streams.Series;
            mase += errors.Average(Math.Abs) / change / streams.Series;
        }

        return (mse, mae, mase);
    }

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()!;

    private static double Number(JsonElement of, string name) => of.GetProperty(name).GetDouble();
}

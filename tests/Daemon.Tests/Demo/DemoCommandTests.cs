using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Daemon.Tests.Cli;
using Daemon.Tests.Configuration;
using Streaming.Daemon.Cli;
using Streaming.Daemon.Demo;

namespace Daemon.Tests.Demo;

public sealed class DemoCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>Every step but the last, which nothing closes, has its forecast.</summary>
    [Fact]
    public async Task Demo_AFileOfOnesOwn_IsForecastFromTheFirstStepToTheLast()
    {
        var start = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        string[] rows =
        [
            "timestamp,flow",
            .. Enumerable.Range(0, 300).Select(n =>
                string.Create(CultureInfo.InvariantCulture, $"{start.AddMinutes(n):s},{40 + (n % 60)}")),
        ];
        string file = folder.Write("pump.csv", string.Join('\n', rows));

        CommandRun run = await CommandRun.InProcess("demo", file, "--once", "--speed", "max", "--json");

        Assert.True(run.ExitCode == ExitCodes.Ok, run.Error);
        using var summary = JsonDocument.Parse(run.Output.Trim().Split('\n')[^1]);
        Assert.Equal(300, summary.RootElement.GetProperty("records").GetInt32());
        Assert.Equal(299, summary.RootElement.GetProperty("forecasts").GetInt32());
        Assert.Contains("pump", run.Error, StringComparison.Ordinal);
        Assert.Contains("Dashboard: http://127.0.0.1:", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("absent.csv", "there is no such file")]
    [InlineData("--season soon", "--season")]
    public async Task Demo_WrongFilesOrOptions_EndWith2AndSayWhatIsWrong(string arguments, string expected)
    {
        CommandRun run = await CommandRun.InProcess(["demo", .. arguments.Split(' ')]);

        Assert.Equal((ExitCodes.Configuration, ""), (run.ExitCode, run.Output));
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("demo --speed 0", "--speed must be max or a number")]
    [InlineData("demo --speed fast", "not 'fast'")]
    [InlineData("demo --speed -1", "--speed")]
    [InlineData("demo --speed NaN", "not 'NaN'")]
    [InlineData("demo --speed Infinity", "not 'Infinity'")]
    [InlineData("demo --port 65536", "--port must be within 0 to 65535")]
    public void Parse_OutOfBounds_SaysWhatIsAllowed(string line, string fault)
    {
        ParseResult parsed = Root().Parse(line);

        Assert.Contains(parsed.Errors, error => error.Message.Contains(fault, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("demo", null)]
    [InlineData("demo a.csv b.csv --season 01:00:00", null)]
    [InlineData("demo --once --json --speed 12.5 --port 9464", 12.5)]
    [InlineData("demo --speed max", double.PositiveInfinity)]
    public void Parse_GoodLine_ReadsTheSpeed(string line, double? speed)
    {
        ParseResult parsed = Root().Parse(line);

        Assert.Empty(parsed.Errors);
        Assert.Equal(speed, parsed.GetValue<double?>("--speed"));
    }

    private static RootCommand Root() => new() { DemoCommand.Create() };
}

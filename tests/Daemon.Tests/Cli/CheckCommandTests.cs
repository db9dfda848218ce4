using System.Text.Json;
using Daemon.Tests.Configuration;
using Streaming.Daemon.Cli;

namespace Daemon.Tests.Cli;

public sealed class CheckCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string valid;
    private readonly string invalid;

    public CheckCommandTests()
    {
        valid = folder.Write("valid.json", """
            {
              "Kafka": { "BootstrapServers": "b:9092", "Client": { "sasl.password": "hunter2", "client.rack": "r1" } },
              "Input": { "Exclude": [ "debug-*" ] },
              "Rules": [ { "Select": "cpu{*}", "Step": "00:05:00" }, { "Select": "*[x]*", "Step": "event" } ]
            }
            """);
        invalid = folder.Write("invalid.json", """{ "Model": { "Layers": 9, "Hiden": 1 } }""");
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Check_Valid_ShowsSettingsSourcesAndRules()
    {
        CommandRun run = await CommandRun.InProcess("check", "--config", valid, "--series", "cpu{host=[a]}");

        Assert.Equal((ExitCodes.Ok, ""), (run.ExitCode, run.Error));
        Assert.Matches(@"Kafka:BootstrapServers +b:9092 +\S*valid.json", run.Output);
        Assert.Matches(@"Output:DeadLetterTopic +forecaster-dead-letters +default", run.Output);
        Assert.Matches(@"0 +cpu\{\*\} +00:05:00 +auto +auto +288 +672", run.Output);
        Assert.Matches(@"1 +\*\[x\]\* +event +auto +auto +none +672", run.Output);
        Assert.Contains("Series 'cpu{host=[a]}': rule 0 takes it ('cpu{*}').", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', run.Output);
    }

    [Theory]
    [InlineData("--config")]
    [InlineData("--json", "--config")]
    public async Task Check_Secrets_AreMasked(params string[] args)
    {
        CommandRun run = await CommandRun.InProcess(["check", .. args, valid]);

        Assert.Contains("client.rack", run.Output, StringComparison.Ordinal);
        Assert.Contains("******", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", run.Output + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_Json_IsOneDocumentThatTheLoaderReadsBack()
    {
        CommandRun run = await CommandRun.InProcess("check", "--json", "--config", valid, "--series", "a[x]b");

        using JsonDocument report = JsonDocument.Parse(run.Output);
        JsonElement root = report.RootElement;
        Assert.True(root.GetProperty("valid").GetBoolean());
        Assert.Equal(0, root.GetProperty("errors").GetArrayLength());
        Assert.Equal(1, root.GetProperty("series").GetProperty("rule").GetInt32());
        Assert.Equal("event", root.GetProperty("series").GetProperty("settings").GetProperty("Step").GetString());
        Assert.Equal(0, root.GetProperty("series").GetProperty("profile").GetProperty("StepTicks").GetInt64());

        string again = folder.Write("again.json", root.GetProperty("configuration").GetRawText());
        CommandRun second = await CommandRun.InProcess("check", "--json", "--config", again);
        Assert.Equal((ExitCodes.Ok, ""), (second.ExitCode, second.Error));
        Assert.Equal(
            root.GetProperty("configuration").GetRawText(),
            JsonDocument.Parse(second.Output).RootElement.GetProperty("configuration").GetRawText());
    }

    [Theory]
    [InlineData("cpu{host=a}", "rule 0 takes it ('cpu{*}'). Its values are gauges, where the producer does not say.")]
    [InlineData("cpu_total{host=a}", "no rule takes it, section Series applies. Its values are counters, where")]
    [InlineData("debug-1", "Input:Include and Input:Exclude leave it out.")]
    public async Task Check_Series_SaysWhatBecomesOfIt(string id, string expected)
    {
        CommandRun run = await CommandRun.InProcess("check", "--config", valid, "--series", id);

        Assert.Contains($"Series '{id}': {expected}", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("auto", "Repartitioning is off: with Input:Format auto producers are taken to key by series;")]
    [InlineData("influx", "Repartitioning is on, through 'forecaster-repartition': Input:Format influx names series")]
    public async Task Check_Repartition_SaysWhetherItIsOnAndWhy(string format, string expected)
    {
        string file = folder.Write("format.json", $$"""
            { "Kafka": { "BootstrapServers": "b:9092" }, "Input": { "Format": "{{format}}" } }
            """);

        CommandRun run = await CommandRun.InProcess("check", "--config", file);
        CommandRun json = await CommandRun.InProcess("check", "--json", "--config", file);

        Assert.Contains(expected, run.Output, StringComparison.Ordinal);
        using JsonDocument report = JsonDocument.Parse(json.Output);
        JsonElement repartition = report.RootElement.GetProperty("repartition");
        Assert.Equal(format == "influx", repartition.GetProperty("on").GetBoolean());
        Assert.NotEmpty(repartition.GetProperty("why").GetString()!);
    }

    [Theory]
    [InlineData("on", false)]
    [InlineData("off", true)]
    public async Task Check_Groups_SaysWhatTheyNeedOfProducers(string repartition, bool isSaid)
    {
        string file = folder.Write("groups.json", $$"""
            {
              "Kafka": { "BootstrapServers": "localhost:9092" }, "Input": { "Repartition": "{{repartition}}" },
              "Series": { "Profile": "accuracy" }, "Groups": [{ "Members": ["a", "b"] }]
            }
            """);

        CommandRun run = await CommandRun.InProcess("check", "--config", file);

        Assert.Equal(ExitCodes.Ok, run.ExitCode);
        Assert.Equal(isSaid, run.Output.Contains("So must those of a group", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Check_SeriesThatNoRuleTakes_SaysSo()
    {
        CommandRun run = await CommandRun.InProcess("check", "--json", "--config", valid, "--series", "memory");

        using JsonDocument report = JsonDocument.Parse(run.Output);
        Assert.False(report.RootElement.GetProperty("series").TryGetProperty("rule", out _));
    }

    [Fact]
    public async Task Check_Invalid_PrintsOneLineAnErrorAndEndsWith2()
    {
        CommandRun run = await CommandRun.InProcess("check", "--config", invalid);

        Assert.Equal((ExitCodes.Configuration, ""), (run.ExitCode, run.Output));
        string[] lines = run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            ["Kafka:BootstrapServers", "Model:Hiden", "Model:Layers"],
            lines.Select(line => line[..line.IndexOf(": ", StringComparison.Ordinal)]).Order());
    }

    [Fact]
    public async Task Check_InvalidJson_ListsTheErrors()
    {
        CommandRun run = await CommandRun.InProcess("check", "--json", "--config", invalid);

        using JsonDocument report = JsonDocument.Parse(run.Output);
        Assert.Equal(ExitCodes.Configuration, run.ExitCode);
        Assert.False(report.RootElement.GetProperty("valid").GetBoolean());
        Assert.Equal(3, report.RootElement.GetProperty("errors").GetArrayLength());
        Assert.All(
            report.RootElement.GetProperty("errors").EnumerateArray(),
            error => Assert.NotEmpty(error.GetProperty("key").GetString()! + error.GetProperty("message").GetString()));
    }
}

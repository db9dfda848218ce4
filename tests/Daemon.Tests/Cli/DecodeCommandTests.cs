using System.Text;
using Daemon.Tests.Configuration;
using Streaming.Daemon.Cli;
using Streaming.Daemon.Decoding;

namespace Daemon.Tests.Cli;

public sealed class DecodeCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Decode_Lines_PrintsObservationsAndWhatWasTaken()
    {
        string file = folder.Write("records", """
            cpu,host=a usage_idle=91.2,usage_user=4i 1700000000000000000

            {"series":"a\"b","time":1700000000.5,"value":1e300}
            {"metric":{"name":"m","timestamp":"2023-11-14T22:13:20Z","kind":"absolute","counter":{"value":7}}}
            """);

        CommandRun run = await CommandRun.InProcess("decode", file);

        Assert.Equal(ExitCodes.Ok, run.ExitCode);
        Assert.Equal("""
            {"series":"cpu_usage_idle{host=a}","time":"2023-11-14T22:13:20Z","values":[91.2]}
            {"series":"cpu_usage_user{host=a}","time":"2023-11-14T22:13:20Z","values":[4]}
            {"series":"a\"b","time":"2023-11-14T22:13:20.5Z","values":[1E+300]}
            {"series":"m","time":"2023-11-14T22:13:20Z","values":[7],"kind":"counter"}

            """, run.Output);
        Assert.Equal("records: 1 as json, 1 as influx, 1 as vector\n", run.Error);
    }

    [Fact]
    public async Task Decode_UnitThatTheProducerTells_IsPrinted()
    {
        string file = folder.Write("records", """
            {"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"g","unit":"Cel","gauge":{"dataPoints":[{"asDouble":10,"timeUnixNano":"1700000000000000000"}]}}]}]}]}
            """);

        CommandRun run = await CommandRun.InProcess("decode", file);

        Assert.Equal(
            """{"series":"g","time":"2023-11-14T22:13:20Z","values":[10],"kind":"gauge","unit":"Cel"}""" + "\n", run.Output);
    }

    [Fact]
    public async Task Decode_Headers_AreThoseOfAllRecords()
    {
        string file = folder.Write("records", "{\"series\":\"a\",\"value\":1}\n{\"series\":\"b\",\"value\":2}\n");

        CommandRun run = await CommandRun.InProcess(
            "decode", "-f", "cloudevents", "-H", "ce_specversion=1.0", "-H", "ce_time=2023-11-14T22:13:20Z", file);

        Assert.Equal("""
            {"series":"a","time":"2023-11-14T22:13:20Z","values":[1]}
            {"series":"b","time":"2023-11-14T22:13:20Z","values":[2]}

            """, run.Output);
    }

    [Theory]
    [InlineData("ce_time")]
    [InlineData("=1.0")]
    public async Task Decode_HeaderThatIsNone_IsRefused(string header)
    {
        CommandRun run = await CommandRun.InProcess("decode", "-H", header, folder.Write("records", "x"));

        Assert.Equal(ExitCodes.Configuration, run.ExitCode);
        Assert.Contains("NAME=VALUE", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Decode_RefusedRecord_SaysWhyAndWhatToDo()
    {
        string file = folder.Write("records", "cpu usage=1 1700000000\ncpu\ncpu usage=x 1700000000\n");

        CommandRun run = await CommandRun.InProcess("decode", "--format", "influx", file);

        Assert.Equal(ExitCodes.Configuration, run.ExitCode);
        Assert.Equal("""{"series":"cpu_usage","time":"2023-11-14T22:13:20Z","values":[1]}""" + "\n", run.Output);
        Assert.Equal(
            $"line 2: bad-line (influx): {RejectReason.BadLine.Detail()}\n"
            + $"line 3: bad-value (influx): {RejectReason.BadValue.Detail()}\n",
            run.Error);
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 2)]
    public async Task Decode_JsonOverLines_NeedsWhole(bool isWhole, int code)
    {
        string file = folder.Write("records", "{\"series\":\"a\",\n\"time\":1700000000,\n\"value\":1}\n");

        CommandRun run = await CommandRun.InProcess(["decode", .. isWhole ? ["--whole"] : Array.Empty<string>(), file]);

        Assert.Equal(code, run.ExitCode);
    }

    [Fact]
    public async Task Decode_Configuration_Applies()
    {
        string config = folder.Write(
            "c.json", """{"Input":{"Format":"csv","SeriesPath":"3","Csv":{"Columns":["time","value","id"]}}}""");
        string file = folder.Write("records", "1700000000,5,x\n");

        CommandRun run = await CommandRun.InProcess("decode", "--config", config, file);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("""{"series":"x",""", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "pump/ö", "")]
    [InlineData(2, "", "empty-key")]
    [InlineData(2, null, "missing-key")]
    public async Task Decode_SeriesByKey_TakesTheGivenKey(int code, string? key, string reason)
    {
        string config = folder.Write("c.json", """{"Input":{"Format":"json","SeriesPath":"kafka.key"}}""");
        string file = folder.Write("records", """{"value":20.5,"time":1700000000}""");
        string[] args = ["decode", "--config", config, file, .. key is null ? Array.Empty<string>() : ["--key", key]];

        CommandRun run = await CommandRun.InProcess(args);

        Assert.Equal(code, run.ExitCode);
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
        Assert.Equal(
            code == 0 ? """{"series":"pump/ö","time":"2023-11-14T22:13:20Z","values":[20.5]}""" + "\n" : "", run.Output);
    }

    [Theory]
    [InlineData(2, "Input:Format: 'xml' is not one of auto, json,", "--format", "xml", "none")]
    [InlineData(1, "none", "none")]
    public async Task Decode_WhatIsNotThere_IsNamed(int code, string expected, params string[] args)
    {
        CommandRun run = await CommandRun.InProcess(["decode", .. args]);

        Assert.Equal(code, run.ExitCode);
        Assert.StartsWith(expected, run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Output);
    }

    /// <summary>Reads of any size, lines across their borders, and one longer than the first buffer.</summary>
    [Fact]
    public void RecordLines_AnyReads_GivesTheLines()
    {
        string[] lines = ["a", "", "bc", new('x', 200_000), "d"];
        byte[] bytes = Encoding.UTF8.GetBytes(string.Join("\r\n", lines));
        foreach (int size in new[] { 1, 3, 70_000, 1_000_000 })
        {
            var records = new RecordLines(new SlowStream(bytes, size));
            var read = new List<string>();

            while (records.TryRead(out ReadOnlySpan<byte> line))
            {
                read.Add(Encoding.UTF8.GetString(line));
            }

            Assert.Equal(lines, read);
            Assert.Equal(lines.Length, records.Number);
        }
    }

    private sealed class SlowStream(byte[] bytes, int size) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, size)]);
    }
}

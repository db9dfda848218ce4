using System.Collections;
using Streaming.Daemon.Configuration;

namespace Daemon.Tests.Configuration;

public sealed class ConfigurationLoaderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(1, 11)]
    [InlineData(2, 12)]
    [InlineData(3, 13)]
    [InlineData(4, 14)]
    [InlineData(5, 15)]
    public void Load_SeveralSources_HighestOneWins(int sources, int expected)
    {
        string Settings(int seed) => $$"""{"Kafka":{"BootstrapServers":"b:1"},"Model":{"Seed":{{seed}} } }""";
        string[] files =
        [
            folder.Write("executable.json", Settings(11)),
            .. sources >= 2 ? [folder.Write("working.json", Settings(12))] : Array.Empty<string>(),
        ];
        var request = new ConfigurationRequest
        {
            SettingsFiles = files,
            ConfigFile = sources >= 3 ? folder.Write("config.json", Settings(13)) : null,
            Environment = sources >= 4 ? new Hashtable { ["FORECASTER__Model__Seed"] = "14" } : [],
            Overrides = sources >= 5 ? new() { ["Model:Seed"] = "15" } : new Dictionary<string, string?>(),
        };

        ConfigurationResult result = ConfigurationLoader.Load(request);

        Assert.Empty(result.Errors);
        Assert.Equal(expected, result.Options!.Model.Seed);
    }

    [Fact]
    public void Load_ListInTwoSources_IsTakenWholeFromTheHigher()
    {
        var request = Sources.Request(Sources.Broker) with
        {
            SettingsFiles = [folder.Write("a.json", """{"Model":{"Horizons":[2,4,8,16]}}""")],
            ConfigFile = folder.Write("b.json", """{"Model":{"Horizons":[1,3]}}"""),
        };

        Assert.Equal([1, 3], ConfigurationLoader.Load(request).Options!.Model.Horizons);
    }

    [Fact]
    public void Load_ListAsOneText_IsSplitAtCommas()
    {
        var request = Sources.Request(Sources.Broker) with
        {
            Environment = new Hashtable
            {
                ["FORECASTER__Model__Horizons"] = "1, 12",
                ["FORECASTER__Output__Quantiles"] = "",
            },
        };

        ForecasterOptions options = ConfigurationLoader.Load(request).Options!;

        Assert.Equal([1, 12], options.Model.Horizons);
        Assert.Empty(options.Output.Quantiles);
    }

    [Fact]
    public void Load_VariablesOfOthers_AreLeftAlone()
    {
        var request = Sources.Request(Sources.Broker) with
        {
            Environment = new Hashtable { ["FORECASTER_PORT"] = "tcp://10.0.0.1:80", ["Model__Seed"] = "x" },
        };

        Assert.True(ConfigurationLoader.Load(request).IsValid);
    }

    [Fact]
    public void Load_KafkaProperties_AreMergedOverSources()
    {
        var request = Sources.Request(Sources.Broker) with
        {
            ConfigFile = folder.Write(
                "c.json", """{"Kafka":{"Client":{"security.protocol":"sasl_ssl","sasl.password":"old"}}}"""),
            Environment = new Hashtable { ["FORECASTER__Kafka__Client__SASL_PASSWORD"] = "new" },
        };

        ConfigurationResult result = ConfigurationLoader.Load(request);

        Assert.Equal("sasl_ssl", result.Options!.Kafka.Client["security.protocol"]);
        Assert.Equal("new", result.Options.Kafka.Client["sasl.password"]);
        Assert.Equal("environment", result.SourceOf("Kafka:Client:sasl.password"));
        Assert.Null(result.SourceOf("Model:Seed"));
    }

    [Fact]
    public void Load_NoSuchFile_IsTheOnlyError()
    {
        ConfigurationResult result = ConfigurationLoader.Load(
            Sources.Request() with { ConfigFile = "/nowhere/forecaster.json" });

        Assert.Null(result.Options);
        Assert.Equal(
            new ConfigurationError("/nowhere/forecaster.json", "the file does not exist"),
            Assert.Single(result.Errors));
    }

    [Theory]
    [InlineData("{\n \"Model\": {\n  \"Seed\" 1 }}", "line 3: malformed JSON")]
    [InlineData("{\n\"Model\": {", "line 2: malformed JSON")]
    [InlineData("[1]", "malformed: ")]
    [InlineData("{\"Model\":{\"Seed\":1,\"seed\":2}}", "malformed: ")]
    [InlineData("", "line 1: malformed JSON")]
    public void Load_MalformedFile_NamesFileAndLine(string json, string expected)
    {
        string file = folder.Write("bad.json", json);

        ConfigurationError error = Assert.Single(
            ConfigurationLoader.Load(Sources.Request() with { ConfigFile = file }).Errors);

        Assert.Equal(file, error.Key);
        Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("LineNumber", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_CommentsTrailingCommasAndLogging_AreAccepted()
    {
        string file = folder.Write("ok.json", """
            {
              // the broker
              "Kafka": { "BootstrapServers": "a:1,b:2", },
              "Logging": { "LogLevel": { "Default": "Debug" } },
              "Series": { "SeasonSteps": null },
            }
            """);

        ConfigurationResult result = ConfigurationLoader.Load(Sources.Request() with { ConfigFile = file });

        Assert.Empty(result.Errors);
        Assert.Equal("Debug", result.Merged()["Logging:LogLevel:Default"]);
    }

    [Fact]
    public void Load_EverythingWrong_ReportsAllAtOnce()
    {
        string file = folder.Write("e.json", """
            {
              "Kafka": { "BootstrapServer": "b:9092" },
              "Model": { "Horizons": [1, 700, 6], "Layers": "two" },
              "Series": { "Step": "60", "WindowSteps": 4 },
              "Rules": [ { "Step": "00:00:00.5" } ],
              "Training": "on",
              "Http": { "Port": 70000 }
            }
            """);

        ConfigurationResult result = ConfigurationLoader.Load(Sources.Request() with { ConfigFile = file });

        Assert.Equal(
            [
                "Http:Port", "Kafka:BootstrapServer", "Kafka:BootstrapServers", "Model:Horizons", "Model:Layers",
                "Rules:0:Select", "Rules:0:Step", "Series:Step", "Series:WindowSteps", "Training",
            ],
            result.Errors.Select(error => error.Key).Distinct().Order(StringComparer.Ordinal));
    }
}

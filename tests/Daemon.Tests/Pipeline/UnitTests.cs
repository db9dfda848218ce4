using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Daemon.Tests.Pipeline.Repartition;
using Streaming.Daemon.Configuration;

namespace Daemon.Tests.Pipeline;

/// <summary>What forecasts say they are measured in, from records of OpenTelemetry.</summary>
public sealed partial class UnitTests
{
    private static readonly string[] Said = ["", "ms", "s", "By", "\"no\""];

    [Fact]
    public void Run_UnitOfProducerAndRule_AreThereWhereKnownAndTheRuleWins()
    {
        var broker = new MemoryBroker(1);
        for (int minute = 0; minute < 4; minute++)
        {
            Add(broker, minute, "e_gauge", "gauge", "ms");
            Add(broker, minute, "e_total", "sum", "By");
            Add(broker, minute, "e_unknown", "gauge", "");
            Add(broker, minute, "e_ruled", "sum", "By");
            Add(broker, minute, "e_told", "gauge", "");
        }

        ForecasterOptions options = Options();
        RuleOptions events = options.Rules[0];
        using var pod = new Pod(broker, options with
        {
            Rules = [events with { Select = "e_ruled", Unit = "kbit/s" }, events with { Select = "e_told", Unit = "°C" }, events],
        });
        pod.RunToEnd();

        Assert.Equal(
            ["e_gauge ms", "e_ruled kbit/s", "e_told °C", "e_total By/s", "e_unknown "],
            broker.Forecasts.Select(m => $"{Encoding.UTF8.GetString(m.Key!)} {UnitOf(m)}").Distinct().Order());
    }

    /// <summary>Producers change their minds: which forecasts say so, follows from the log alone.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Run_UnitsThatChange_AreTheSameHoweverRecordsAreGatheredOrRepartitioned(int seed)
    {
        MemoryBroker single = Changing(seed), whole = Changing(seed), input = Changing(seed);
        using var one = new Pod(single, Options(gatherRecords: 1));
        using var all = new Pod(whole, Options());
        one.RunToEnd();
        all.RunToEnd();
        using var repartition = new RepartitionPod(input, Options(), partitions: 1);
        repartition.RunToEnd();
        MemoryBroker topic = RepartitionPod.TopicOf(input, partitions: 1);
        ForecasterOptions options = Options(gatherRecords: 7);
        using var behind = new Pod(topic, options with { Input = options.Input with { Repartition = RepartitionMode.On } });
        behind.RunToEnd();

        Assert.Equal(single.Forecasts.Select(m => m.Text).Order(), whole.Forecasts.Select(m => m.Text).Order());
        Assert.Equal(single.Forecasts.Select(m => m.Text).Order(), topic.Forecasts.Select(m => m.Text).Order());
        Assert.Equal(
            ["By", "By/s", "ms", "ms/s", "s", "s/s"], single.Forecasts.Select(UnitOf).Except([""]).Distinct().Order());
    }

    /// <summary>A record with one metric of OpenTelemetry: a gauge, or a sum that only rises.</summary>
    internal static string Metric(string name, string shape, string unit, DateTime time, int value)
    {
        string sum = shape == "sum" ? "\"isMonotonic\":true,\"aggregationTemporality\":2," : "";
        string said = unit.Replace("\"", "\\\"", StringComparison.Ordinal);
        string point = string.Create(
            CultureInfo.InvariantCulture, $$"""{"asInt":"{{value}}","timeUnixNano":"{{MemoryBroker.Ms(time)}}000000"}""");
        string metric = $$"""{"name":"{{name}}","unit":"{{said}}","{{shape}}":{""" + $$"""{{sum}}"dataPoints":[{{point}}]""";
        return $$$"""{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{{{metric}}}}}]}]}]}""";
    }

    private static ForecasterOptions Options(int gatherRecords = 2_048)
    {
        ForecasterOptions options = Pod.SmallOptions(gatherRecords);
        return options with { Input = new() { Format = InputFormat.OtlpJson, Repartition = RepartitionMode.Off } };
    }

    private static MemoryBroker Changing(int seed)
    {
        var random = new Random(seed);
        var broker = new MemoryBroker(1);
        string[] names = ["e_a", "e_b", "g_a", "g_b"];
        for (int i = 0; i < 400; i++)
        {
            string name = names[random.Next(names.Length)];
            Add(broker, i / 8, name, name.EndsWith('a') ? "gauge" : "sum", Said[random.Next(Said.Length)], random.Next(60));
        }

        return broker;
    }

    private static void Add(
        MemoryBroker broker, int minute, string name, string shape, string unit, int second = 0)
    {
        DateTime time = Pod.Start.AddMinutes(minute).AddSeconds(second);
        broker.Add(0, "k", Metric(name, shape, unit, time, (minute * 60) + second), MemoryBroker.Ms(time));
    }

    private static string UnitOf(OutputMessage message) => Unit().Match(message.Text).Groups[1].Value;

    [GeneratedRegex("\"unit\":\"([^\"]*)\"")]
    private static partial Regex Unit();
}

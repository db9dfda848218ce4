using System.Text;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Decoding;

namespace Streaming.Daemon.Tests.Decoding;

/// <summary>JSON that names its fields itself: Telegraf, Prometheus, Vector, Debezium.</summary>
public class JsonFormatTests
{
    private const string Time = "2023-11-14T22:13:20";

    public static TheoryData<string, string, string[]> Accepted => new()
    {
        {
            "telegraf-json",
            """{"fields":{"usage":30,"ok":true,"off":false,"text":"x","none":null,"o":{"a":[1]}},"name":"docker","tags":{"host":"a"},"timestamp":1700000000}""",
            [$"docker_usage{{host=a}} {Time} 30", $"docker_ok{{host=a}} {Time} 1", $"docker_off{{host=a}} {Time} 0"]
        },
        {
            "telegraf-json",
            """ {"metrics":[{"timestamp":1700000000123,"name":"m","fields":{"a":1}},7,{"name":"n","fields":{"b":2.5}}]} """,
            [$"m_a {Time}.123 1", $"n_b {Time} 2.5"]
        },
        { "telegraf-json", """[{"name":"m","fields":{"a":1}},[],{"name":"n","fields":{}}]""", [$"m_a {Time} 1"] },
        {
            "telegraf-json", """{"name":"a\tb","fields":{"\u0063":1},"tags":{"k\n":"v\"","n":5,"b":true,"z":null,"o":{}}}""",
            [$"a\tb_c{{b=true,k\n=v\",n=5}} {Time} 1"]
        },
        { "telegraf-json", """{"metrics":[]}""", [] },
        {
            "prometheus",
            """{"timestamp":"2023-11-14T22:13:20Z","value":"9876543210","name":"up","labels":{"__name__":"up","job":"x","a":"1"}}""",
            [$"up{{a=1,job=x}} {Time} 9876543210"]
        },
        { "prometheus", """{"value":-1.5,"labels":{"x":"y"},"name":"up","labels":{}}""", [$"up {Time} -1.5"] },
        {
            "vector",
            """{"name":"m","tags":{"host":"a"},"timestamp":"2023-11-14T22:13:20Z","kind":"absolute","gauge":{"value":1.0}}""",
            [$"m{{host=a}} {Time} 1 Gauge"]
        },
        {
            "vector", """{"metric":{"namespace":"host","name":"m","kind":"absolute","counter":{"value":7},"timestamp":null}}""",
            [$"host_m {Time} 7 Counter"]
        },
        {
            "vector", """{"name":"m","tags":{"a":["x",null,"y"]},"kind":"incremental","counter":{"value":7}}""",
            [$"m{{a=y}} {Time} 7 Delta"]
        },
        {
            "debezium", """{"before":null,"after":{"series":1,"value":20.5},"source":{"ts_ms":1700000000000},"op":"c","ts_ms":2}""",
            [$"1 {Time} 20.5"]
        },
        {
            "debezium",
            """{"schema":{"fields":[]},"payload":{"op":"u","before":{"value":0},"after":{"series":"a","value":1,"time":1700000000123456},"ts_ms":2}}""",
            [$"a {Time}.123456 1"]
        },
        {
            "debezium", """{"op":"r","after":{"series":"a","value":1},"source":{"ts_ms":0},"ts_ms":1700000000000}""",
            [$"a {Time} 1"]
        },
        { "debezium", """{"op":"d","before":{"series":"a","value":1},"after":null}""", [] },
        { "debezium", """{"op":"t"}""", [] },
        { "debezium", "", [] },
    };

    [Theory, MemberData(nameof(Accepted))]
    public void Decode_GoodRecord_ReadsItsObservations(string format, string json, string[] expected)
    {
        var decoded = DecodedText.Of(json, Options(format));

        Assert.Equal("none", decoded.Reason);
        Assert.Equal(expected, decoded.Observations);
    }

    [Theory]
    [InlineData("telegraf-json", "not-json", "x")]
    [InlineData("telegraf-json", "not-json", """{"name":"m","fields":{"a":NaN}}""")]
    [InlineData("telegraf-json", "missing-series", "{}")]
    [InlineData("telegraf-json", "missing-series", """{"name":1,"fields":{"a":1}}""")]
    [InlineData("telegraf-json", "missing-value", """{"name":"m"}""")]
    [InlineData("telegraf-json", "missing-value", """{"name":"m","fields":[1]}""")]
    [InlineData("telegraf-json", "not-finite", """{"name":"m","fields":{"a":1e999}}""")]
    [InlineData("telegraf-json", "bad-time", """{"name":"m","fields":{"a":1},"timestamp":true}""")]
    [InlineData("telegraf-json", "bad-utf8", """{"name":"m","fields":{"a":1},"tags":{"\ud83d":"x"}}""")]
    [InlineData("telegraf-json", "bad-utf8", """{"name":"m","fields":{"\ud83d":1}}""")]
    [InlineData("telegraf-json", "missing-value", """[{"name":"m"}]""")]
    [InlineData("prometheus", "not-json", "")]
    [InlineData("prometheus", "not-finite", """{"timestamp":"2023-11-14T22:13:20Z","value":"NaN","name":"up","labels":{}}""")]
    [InlineData("prometheus", "not-finite", """{"timestamp":"2023-11-14T22:13:20Z","value":"+Inf","name":"up","labels":{}}""")]
    [InlineData("prometheus", "bad-value", """{"timestamp":"2023-11-14T22:13:20Z","value":"x","name":"up","labels":{}}""")]
    [InlineData("prometheus", "missing-value", """{"timestamp":"2023-11-14T22:13:20Z","name":"up","labels":{}}""")]
    [InlineData("prometheus", "missing-series", """{"timestamp":"2023-11-14T22:13:20Z","value":"1","labels":{}}""")]
    [InlineData("vector", "missing-series", """{"kind":"absolute","gauge":{"value":1}}""")]
    [InlineData("vector", "missing-value", """{"name":"m","kind":"absolute","gauge":{}}""")]
    [InlineData("vector", "missing-value", """{"name":"m"}""")]
    [InlineData("vector", "unsupported-metric", """{"name":"m","kind":"incremental","gauge":{"value":1}}""")]
    [InlineData("vector", "unsupported-metric", """{"name":"m","kind":"incremental","set":{"values":["a"]}}""")]
    [InlineData("vector", "unsupported-metric",
        """{"metric":{"name":"m","kind":"absolute","distribution":{"samples":[{"value":1,"rate":1}],"statistic":"histogram"}}}""")]
    [InlineData("vector", "unsupported-metric", """{"log":{"message":"x"}}""")]
    [InlineData("vector", "missing-value", """{"metric":{}}""")]
    [InlineData("vector", "unsupported-metric",
        """{"metric":{"metric":{"name":"m","kind":"absolute","gauge":{"value":1}}}}""")]
    [InlineData("debezium", "missing-series", """{"op":"c","after":{"value":1},"ts_ms":1700000000000}""")]
    [InlineData("debezium", "missing-value", """{"op":"c","after":{"series":"a"},"ts_ms":1700000000000}""")]
    [InlineData("debezium", "bad-value", """{"op":"c","after":{"series":"a","value":"AQ=="},"ts_ms":1700000000000}""")]
    [InlineData("debezium", "missing-series", """{"op":"c","after":null}""")]
    [InlineData("debezium", "missing-value", """{"series":"a","value":1}""")]
    public void Decode_BadRecord_SaysWhy(string format, string expected, string json)
    {
        var decoded = DecodedText.Of(json, Options(format));

        Assert.Equal(json.Length == 0 ? "empty-value" : expected, decoded.Reason);
        Assert.Empty(decoded.Observations);
    }

    [Fact]
    public void Decode_BatchWithBadMetrics_TakesTheOthers()
    {
        const string Batch =
            """{"metrics":[{"name":"m","fields":{"a":1}},{"fields":{"a":1}},{"name":"n","fields":{"a":1e999,"b":2}}]}""";

        var decoded = DecodedText.Of(Batch, Options("telegraf-json"));

        Assert.Equal([$"m_a {Time} 1", $"n_b {Time} 2"], decoded.Observations);
        Assert.Equal("missing-series", decoded.Reason);
    }

    [Theory]
    [InlineData("telegraf-json")]
    [InlineData("prometheus")]
    [InlineData("vector")]
    [InlineData("debezium")]
    public void Decode_Warm_AllocatesNothing(string format)
    {
        byte[][] records =
        [
            .. Accepted.Select(row => (object[])row)
                .Where(row => (string)row[0] == format).Select(row => Encoding.UTF8.GetBytes((string)row[1])),
        ];
        var decoder = new RecordDecoder(Options(format));

        Assert.Equal(0, Allocation.Least(() =>
        {
            foreach (byte[] record in records)
            {
                decoder.Decode(new() { Value = record, TimestampMs = 1 });
            }
        }));
    }

    private static InputOptions Options(string format) =>
        new() { Format = (InputFormat)OptionNames.Parse(typeof(InputFormat), format)! };
}

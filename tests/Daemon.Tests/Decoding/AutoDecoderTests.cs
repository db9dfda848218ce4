using System.Text;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Decoding;

namespace Streaming.Daemon.Tests.Decoding;

public class AutoDecoderTests
{
    private const string Paths = """{"series":"cpu","time":"2023-11-14T22:13:20Z","value":91.2}""";

    public static TheoryData<string, string> Examples => new()
    {
        { "json", Paths },
        { "influx", "cpu,host=a usage_idle=91.2,usage_user=4i 1700000000000000000" },
        { "telegraf-json", """{"fields":{"usage":30},"name":"docker","tags":{"host":"a"},"timestamp":1458229140}""" },
        { "telegraf-json", """[{"fields":{"usage":30},"name":"docker","timestamp":1458229140}]""" },
        { "telegraf-json", """{"metrics":[{"fields":{"usage":30},"name":"docker","timestamp":1458229140}]}""" },
        { "prometheus", """{"timestamp":"2023-11-14T22:13:20Z","value":"1","name":"up","labels":{"job":"x"}}""" },
        { "vector", """{"name":"m","timestamp":"2023-11-14T22:13:20Z","kind":"absolute","gauge":{"value":1.0}}""" },
        { "vector", """{"metric":{"name":"m","kind":"absolute","counter":{"value":1.0}}}""" },
        { "debezium", """{"before":null,"after":{"series":1,"value":2},"op":"c","ts_ms":1700000000000}""" },
        { "debezium", """{"payload":{"after":{"series":1,"value":2},"op":"r","ts_ms":1700000000000}}""" },
        { "cloudevents", """{"specversion":"1.0","time":"2023-11-14T22:13:20Z","data":{"series":"a","value":1}}""" },
        { "otlp-json", """{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"g","gauge":{"dataPoints":[{"asInt":"1","timeUnixNano":"1544712660300000000"}]}}]}]}]}""" },
        { "otlp-proto", "\n\u001d\u0012\u001b\u0012\u0019\n\u0001g*\u0014\n\u0012\u0019\0\0\0\0\0\0@\u00151\u0001\0\0\0\0\0\0\0" },

        // What has all of the configured paths is read by them, whatever else it looks like.
        { "json", """{"series":"a","time":1,"value":2,"name":"n","fields":{"usage":30},"op":"c","after":{}}""" },
        { "json", """{"name":"n","fields":{"usage":30},"s\u0065ries":"a","time":1,"value":2}""" },
    };

    /// <summary>Each level looks like Debezium's payload: no level may cost stack, nor all of them the square of their
    /// number.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("}")]
    public void Decode_PayloadsWithinPayloads_IsRefused(string close)
    {
        const int Levels = 80_000;
        string record = string.Concat(Enumerable.Repeat("{\"payload\":", Levels)) + "{}"
            + string.Concat(Enumerable.Repeat(close, Levels));
        var decoder = new RecordDecoder(new());

        RejectReason reason = decoder.Decode(new() { Value = Encoding.UTF8.GetBytes(record) });

        Assert.Equal(RejectReason.TooDeep, reason);
    }

    [Theory, MemberData(nameof(Examples))]
    public void Decode_Example_IsWhatItsOwnDecoderReads(string format, string value)
    {
        var own = new InputOptions { Format = (InputFormat)OptionNames.Parse(typeof(InputFormat), format)! };
        byte[] record = Encoding.UTF8.GetBytes(value);
        var expected = DecodedText.Of(new RecordDecoder(own), record);
        var decoder = new RecordDecoder(new());

        var decoded = DecodedText.Of(decoder, record);

        Assert.Equal(format, OptionNames.Of(decoder.Format));
        Assert.Equal("none", decoded.Reason);
        Assert.Equal(expected.Observations, decoded.Observations);
        Assert.NotEmpty(decoded.Observations);
    }

    [Theory]
    [InlineData("not-json", "cpu 1")]
    [InlineData("not-json", "hello")]
    [InlineData("not-json", "{\"a b=\":")]
    [InlineData("missing-series", "{}")]
    [InlineData("missing-value", """{"series":"a","time":1}""")]
    public void Decode_Unrecognized_IsRefusedAsJsonByPaths(string reason, string value)
    {
        var decoder = new RecordDecoder(new());

        Assert.Equal(reason, DecodedText.Of(decoder, Encoding.UTF8.GetBytes(value)).Reason);
        Assert.Equal(InputFormat.Json, decoder.Format);
    }

    /// <summary>Replay starts anywhere in the log.</summary>
    [Fact]
    public void Decode_AnyRecord_IsTheSameWhateverCameBefore()
    {
        byte[][] records =
        [
            .. Examples.Select(row => Encoding.UTF8.GetBytes((string)((object[])row)[1])),
            .. new[] { "x", "{}", "[]", "{\"value\":1}", Paths + "}", "{\"metrics\":[1", "{\"metrics\":[],\"value\":1}" }
                .Select(Encoding.UTF8.GetBytes),
        ];
        foreach (byte[] before in records)
        {
            foreach (byte[] record in records)
            {
                RecordDecoder fresh = new(new()), used = new(new());
                DecodedText.Of(used, before);

                DecodedText expected = DecodedText.Of(fresh, record), found = DecodedText.Of(used, record);

                Assert.Equal(expected.Reason, found.Reason);
                Assert.Equal(expected.Observations, found.Observations);
                Assert.Equal(fresh.Format, used.Format);
            }
        }
    }

    [Fact]
    public void Decode_Warm_AllocatesNothing()
    {
        byte[][] records = [.. Examples.Select(row => Encoding.UTF8.GetBytes((string)((object[])row)[1]))];
        var decoder = new RecordDecoder(new());

        Assert.Equal(0, Allocation.Least(() =>
        {
            foreach (byte[] record in records)
            {
                decoder.Decode(new() { Value = record });
            }
        }));
    }
}

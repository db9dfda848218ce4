using System.Text;
using System.Text.Json.Nodes;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Decoding;
using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Tests.Decoding.CloudEvents;

public class CloudEventDecoderTests
{
    private static readonly InputOptions options = new()
    {
        Format = InputFormat.CloudEvents,
        SeriesPath = "sensor.id",
    };

    public static TheoryData<string, string, string> Messages()
    {
        var messages = new TheoryData<string, string, string>();
        foreach (string mode in new[] { "structured", "binary", "base64" })
        {
            messages.Add(mode, "sensor.id", "pump-4 2024-01-31T23:59:42.125 20.5");
            messages.Add(mode, "ce.source", "/plant/north 2024-01-31T23:59:42.125 20.5");
            messages.Add(mode, "ce.subject", "pump/ö 2024-01-31T23:59:42.125 20.5");
            messages.Add(mode, "ce.none", "missing-series");
            messages.Add(mode, "none", "missing-series");
        }

        return messages;
    }

    [Theory, MemberData(nameof(Messages))]
    public void Decode_MessageOfTheSdk_ReadsDataAndAttributes(string mode, string series, string expected)
    {
        JsonNode message = JsonNode.Parse(File.ReadAllBytes(RepositoryRoot.Combine("tests", "Golden", "cloudevents.json")))!
            .AsArray().Single(item => (string)item!["mode"]! == mode)!;

        string found = Decode(
            options with { SeriesPath = series }, (string)message["value"]!,
            [.. message["headers"]!.AsObject().Select(pair => (pair.Key, (string)pair.Value!))]);

        Assert.Equal(expected, found);
    }

    [Theory]
    [InlineData("""{"specversion":"1.0","time":"2020-01-01T00:00:00Z","data":{"sensor":{"id":"a"},"value":1,"time":"2021-01-01T00:00:00Z"}}""", "a 2021-01-01T00:00:00 1")]
    [InlineData("""{"specversion":"1.0","data":{"sensor":{"id":"a"},"value":1}}""", "a 2023-11-14T22:13:20 1")]
    [InlineData("""{"specversion":"1.0","time":"soon","data":{"sensor":{"id":"a"},"value":1}}""", "bad-time")]
    [InlineData("""{"specversion":"1.0","data":{"sensor":{"id":"a"}}}""", "missing-value")]
    [InlineData("""{"specversion":"1.0","data":"x"}""", "missing-series")]
    [InlineData("""{"specversion":"1.0","data_base64":"***"}""", "not-json")]
    [InlineData("""{"specversion":"1.0","data_base64":"eA=="}""", "not-json")]
    [InlineData("""{"specversion":"1.0","data_base64":"eyJzZW5zb3Ii\u004fnsiaWQiOiJhIn0sInZhbHVlIjoxfQ=="}""", "a 2023-11-14T22:13:20 1")]
    [InlineData("{", "not-json")]
    public void Decode_Structured_Examples(string value, string expected) =>
        Assert.Equal(expected, Decode(options, value));

    [Fact]
    public void Decode_Binary_DataIsTheWholeValue()
    {
        (string, string)[] headers = [("ce_specversion", "1.0"), ("ce_id", "1")];

        Assert.Equal(
            "a 2023-11-14T22:13:20 1", Decode(options, """{"sensor":{"id":"a"},"value":1}""", headers));
        Assert.Equal("missing-series", Decode(options, """{"data":{"sensor":{"id":"a"},"value":1}}""", headers));
        Assert.Equal("not-json", Decode(options, "plain", headers));
        Assert.Equal(
            "a 2023-11-14T22:13:20 1",
            Decode(
                options, """{"data":{"sensor":{"id":"a"},"value":1}}""",
                [.. headers, ("content-type", "Application/CloudEvents+json")]));
    }

    [Fact]
    public void Decode_Warm_AllocatesNothing()
    {
        var decoder = new RecordDecoder(options);
        byte[] data = """{"specversion":"1.0","data":{"sensor":{"id":"a"},"value":1}}"""u8.ToArray();
        byte[] base64 = """{"specversion":"1.0","data_base64":"eyJzZW5zb3IiOnsiaWQiOiJhIn0sInZhbHVlIjoxfQ=="}"""u8.ToArray();

        Assert.Equal(0, Allocation.Least(() =>
        {
            decoder.Decode(new() { Value = data });
            decoder.Decode(new() { Value = base64 });
        }));
    }

    private static string Decode(InputOptions options, string value, params (string Name, string Value)[] headers)
    {
        var kept = new MessageHeaders();
        foreach ((string name, string text) in headers)
        {
            kept.Add(Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(text));
        }

        var batch = new RecordBatch(1);
        batch.Add(0, 0, DecodedText.KafkaMs, default, Encoding.UTF8.GetBytes(value), kept);
        var decoder = new RecordDecoder(options);
        RejectReason reason = decoder.Decode(new()
        {
            Value = batch.Value(0),
            Headers = batch.Headers(0),
            TimestampMs = batch.TimestampsMs[0],
        });
        return reason != RejectReason.None
            ? reason.Name()
            : DecodedText.Text(decoder.Observations[0]);
    }
}

using System.Text;
using System.Text.Json.Nodes;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Decoding;
using Streaming.Daemon.Decoding.Otlp;
using Streaming.Inference.Series;
using static Streaming.Daemon.Tests.Decoding.ProtoText;

namespace Streaming.Daemon.Tests.Decoding.Otlp;

public class OtlpDecoderTests
{
    /// <summary>As notes/formats.md and the collector's documentation have it.</summary>
    private const string Example =
        """{"resourceMetrics":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"s"}}]},"scopeMetrics":[{"metrics":[{"name":"g","gauge":{"dataPoints":[{"asDouble":10,"timeUnixNano":"1544712660300000000"}]}}]}]}]}""";

    private readonly OtlpProtoDecoder proto = new(new InputOptions());
    private readonly OtlpJsonDecoder json = new(new InputOptions());

    [Fact]
    public void Decode_DocumentedExample_ReadsIt()
    {
        (RejectReason reason, Decoded[] observations) = Decoded.By(json, Encoding.UTF8.GetBytes(Example));

        Assert.Equal(RejectReason.None, reason);
        long time = new DateTime(2018, 12, 13, 14, 51, 0, 300, DateTimeKind.Utc).Ticks;
        Assert.Equal([new("g{service.name=s}", time, 10, ValueKind.Gauge, 0)], observations);
    }

    [Theory]
    [InlineData("otlp_metrics.pb")]
    [InlineData("otlp_metrics.json")]
    public void Decode_OpenTelemetrysOwnBytes_ReadsThem(string file)
    {
        IRecordDecoder decoder = file.EndsWith(".pb", StringComparison.Ordinal) ? proto : json;
        JsonArray expected = JsonNode.Parse(Golden("otlp_metrics_expected.json"))!.AsArray();

        (RejectReason reason, Decoded[] observations) = Decoded.By(decoder, Golden(file));

        Assert.Equal(RejectReason.None, reason);
        Assert.Equal(expected.Select(item => new Decoded(
            (string)item!["series"]!, Ticks((string)item["timeNanos"]!), (double)item["value"]!,
            Enum.Parse<ValueKind>((string)item["kind"]!), Ticks((string)item["startNanos"]!))
        {
            Unit = ((string)item["series"]!).Contains("_count", StringComparison.Ordinal) ? "" : "1",
        }), observations);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Decode_AnyExportInBothEncodings_GivesWhatItMeans(bool withBuckets)
    {
        var options = new InputOptions { Buckets = withBuckets };
        OtlpProtoDecoder protoReader = new(options);
        OtlpJsonDecoder jsonReader = new(options);
        for (int seed = 0; seed < 2_000; seed++)
        {
            var sample = new OtlpSample(seed, withBuckets);

            (RejectReason protoReason, Decoded[] fromProto) = Decoded.By(protoReader, sample.Proto);
            (RejectReason jsonReason, Decoded[] fromJson) = Decoded.By(jsonReader, sample.Json);

            Assert.Equal(protoReason, jsonReason);
            Assert.True(protoReason is RejectReason.None or RejectReason.NotOtlp, $"seed {seed}: {protoReason}");
            Assert.Equal(sample.Expected, fromProto);
            Assert.Equal(sample.Expected, fromJson);
        }
    }

    [Theory]
    [InlineData("", "NotJson")]
    [InlineData("{}", "NotOtlp")]
    [InlineData("[]", "NotOtlp")]
    [InlineData("""{"resourceMetrics":{}}""", "NotOtlp")]
    [InlineData("""{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"g"}]}]}]}""", "NotOtlp")]
    [InlineData("""{"resourceSpans":[{"scopeSpans":[]}]}""", "NotOtlp")]
    [InlineData("""{"resourceMetrics":[""", "NotJson")]
    public void Decode_NoMetrics_Refuses(string value, string expected)
    {
        Assert.Equal(expected, $"{Decoded.By(json, Encoding.UTF8.GetBytes(value)).Reason}");
    }

    [Theory]
    [InlineData("""{"asDouble":1}""", "MissingTime")]
    [InlineData("""{"asDouble":1,"timeUnixNano":"0"}""", "MissingTime")]
    [InlineData("""{"asDouble":1,"timeUnixNano":"x"}""", "BadTime")]
    [InlineData("""{"asDouble":1,"timeUnixNano":"18446744073709551615"}""", "AbsurdTime")]
    [InlineData("""{"asDouble":"x","timeUnixNano":1544712660300000000}""", "BadValue")]
    [InlineData("""{"asDouble":[1],"timeUnixNano":1544712660300000000}""", "BadValue")]
    [InlineData("""{"asDouble":"-Infinity","timeUnixNano":1544712660300000000}""", "None")]
    [InlineData("""{"timeUnixNano":1544712660300000000}""", "None")]
    [InlineData("""{"flags":1}""", "None")]
    [InlineData("""{"asInt":"4","timeUnixNano":"1544712660300000000","attributes":[{"key":"\ud800","value":{"stringValue":"x"}}]}""", "BadUtf8")]
    [InlineData("""{"asInt":"4","timeUnixNano":"1544712660300000000","attributes":[{"key":"k","value":{"intValue":"x"}}]}""", "NotOtlp")]
    public void Decode_PointWithFault_RefusesItWithItsReason(string point, string expected)
    {
        const string good = """{"asDouble":10,"timeUnixNano":"1544712660300000000"}""";
        string export = Example.Replace(good, $"{good},{point},{good}", StringComparison.Ordinal);
        var observations = new ObservationList();

        RejectReason reason = json.Decode(new() { Value = Encoding.UTF8.GetBytes(export) }, observations);

        Assert.Equal(RejectReason.None, reason);
        Assert.Equal(expected, $"{observations.Refused}");
        Assert.Equal(2, observations.Count);
    }

    [Theory]
    [InlineData("[1,2]", "[\"4\",5,6]", "None", 5)]
    [InlineData("[]", "[6]", "None", 3)]
    [InlineData("null", "null", "None", 2)]
    [InlineData("[1,2]", "[4,5]", "NotOtlp", 2)]
    [InlineData("[1]", "[]", "NotOtlp", 2)]
    [InlineData("[2,1]", "[4,5,6]", "NotOtlp", 2)]
    [InlineData("[1,1]", "[4,5,6]", "NotOtlp", 2)]
    [InlineData("[\"NaN\"]", "[4,5]", "NotOtlp", 2)]
    [InlineData("[\"Infinity\"]", "[4,5]", "NotOtlp", 2)]
    [InlineData("[1]", "[4,{}]", "BadValue", 0)]
    [InlineData("[true]", "[4,5]", "BadValue", 0)]
    public void Decode_Buckets_MustGoWithTheirBounds(string bounds, string counts, string expected, int observed)
    {
        string export = $$$"""
            {"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"h","histogram":{"dataPoints":[
            {"count":15,"sum":9,"timeUnixNano":"1544712660300000000","explicitBounds":{{{bounds}}},"bucketCounts":{{{counts}}}}
            ]}}]}]}]}
            """;
        var observations = new ObservationList();

        RejectReason reason = new OtlpJsonDecoder(new InputOptions { Buckets = true })
            .Decode(new() { Value = Encoding.UTF8.GetBytes(export) }, observations);

        Assert.Equal(RejectReason.None, reason);
        Assert.Equal((expected, observed), ($"{observations.Refused}", observations.Count));
    }

    [Fact]
    public void Decode_MoreBucketsThanLabelsMayBe_AreAllSeries()
    {
        const int Count = 200;
        byte[] bounds = [.. Enumerable.Range(1, Count - 1).SelectMany(i => Real(7, i)[1..])];
        byte[] point = Message([Fixed64(3, 1_544_712_660_300_000_000), Bytes(6, new byte[8 * Count]), Bytes(7, bounds)]);
        byte[] export = Bytes(1, Bytes(2, Bytes(2, [.. Text(1, "h"), .. Bytes(9, Bytes(1, point))])));

        Decoded[] observations = Decoded.By(new OtlpProtoDecoder(new() { Buckets = true }), export).Observations;

        Assert.Equal(
            [.. Enumerable.Range(1, Count - 1).Select(i => $"h_bucket{{le={i}}}"), "h_bucket{le=+Inf}"],
            observations.Select(observation => observation.Series));
    }

    [Fact]
    public void Decode_PackedCountsCutOff_AreRefused()
    {
        byte[] point = Message([Fixed64(3, 1_544_712_660_300_000_000), Fixed64(4, 1), Bytes(6, new byte[12])]);
        byte[] export = Bytes(1, Bytes(2, Bytes(2, [.. Text(1, "h"), .. Bytes(9, Bytes(1, point))])));

        Assert.Equal(
            RejectReason.NotOtlp, Decoded.By(new OtlpProtoDecoder(new() { Buckets = true }), export).Reason);
        Assert.Equal("h_count", Assert.Single(Decoded.By(proto, export).Observations).Series); // not looked into
    }

    [Fact]
    public void IsLikely_Exports_AreToldFromText()
    {
        Assert.True(OtlpProtoDecoder.IsLikely(Golden("otlp_metrics.pb")));
        Assert.All(
            new[] { "", "\n", "\n\n\n", Example, "\ncpu value=1", "cpu,host=a usage=1 1700000000000000000" },
            text => Assert.False(OtlpProtoDecoder.IsLikely(Encoding.UTF8.GetBytes(text))));
    }

    [Fact]
    public void Decode_NestingBombs_CostNothing()
    {
        byte[] bomb = Text(1, "x");
        for (int depth = 0; depth < 5_000; depth++)
        {
            bomb = Bytes(5, Bytes(1, bomb)); // an array in an array in ...
        }

        byte[] point = Message([Real(4, 1), Fixed64(3, 1_544_712_660_300_000_000), Attribute(7, bomb)]);
        byte[] resource = Bytes(1, Attribute(1, bomb));
        byte[] export = Bytes(1, Message([resource, Bytes(2, Bytes(2, [.. Text(1, "g"), .. Bytes(5, Bytes(1, point))]))]));
        string deep = new string('[', 5_000) + new string(']', 5_000);

        Assert.Equal("g", Assert.Single(Decoded.By(proto, export).Observations).Series);
        Assert.Equal(RejectReason.TooDeep, Decoded.By(json, Encoding.UTF8.GetBytes(deep)).Reason);

        byte[] Attribute(int field, byte[] value) => Bytes(field, Message([Text(1, "bomb"), Bytes(2, value)]));
    }

    /// <summary>What the resource says is shared by all points: none of them may pay for its length, order and escapes
    /// anew.</summary>
    [Fact]
    public void Decode_ManyPointsOfAResourceWithLongLabels_CostLittleEach()
    {
        const int Points = 30_000;
        byte[] own = Bytes(7, Message([Text(1, "p"), Bytes(2, Integer(2, 1))]));
        byte[] point = Bytes(1, Message([Fixed64(3, 1_544_712_660_300_000_000), Real(4, 1), own]));
        string special = new(',', 500);
        IEnumerable<byte[]> labels = Enumerable.Range(0, 63).Select(
            i => Bytes(1, Message([Text(1, $"{special}{99 - i}"), Bytes(2, Text(1, special))])));
        byte[] points = Bytes(5, Message(Enumerable.Repeat(point, Points)));
        byte[] metrics = Bytes(2, Bytes(2, Message([Text(1, "g"), points])));
        var observations = new ObservationList();

        RejectReason reason = proto.Decode(
            new() { Value = Bytes(1, Message([Bytes(1, Message(labels)), metrics])) }, observations);

        Assert.Equal((RejectReason.None, RejectReason.SeriesTooLong), (reason, observations.Refused));
        Assert.Equal(0, observations.Count);
    }

    [Fact]
    public void Decode_CutAnywhere_RefusesOrReadsAPart()
    {
        byte[] whole = Golden("otlp_metrics.pb");
        for (int length = 0; length < whole.Length; length++)
        {
            (RejectReason reason, _) = Decoded.By(proto, whole.AsSpan(0, length));

            Assert.Equal(RejectReason.NotOtlp, reason); // the one resource is a field of the whole length
        }
    }

    [Theory]
    [InlineData("otlp_metrics.pb")]
    [InlineData("otlp_metrics.json")]
    public void Decode_Warm_AllocatesNothing(string file)
    {
        var options = new InputOptions { Buckets = true };
        IRecordDecoder decoder = file.EndsWith(".pb", StringComparison.Ordinal)
            ? new OtlpProtoDecoder(options)
            : new OtlpJsonDecoder(options);
        byte[] value = Golden(file);
        var observations = new ObservationList();

        Assert.Equal(0, Allocation.Least(() =>
        {
            observations.Clear();
            decoder.Decode(new InputRecord { Value = value }, observations);
        }));
    }

    private static byte[] Golden(string name) => File.ReadAllBytes(RepositoryRoot.Combine("tests", "Golden", name));

    private static long Ticks(string nanos) => nanos == "0"
        ? 0
        : DateTime.UnixEpoch.Ticks + (long)(ulong.Parse(nanos, System.Globalization.CultureInfo.InvariantCulture) / 100);
}

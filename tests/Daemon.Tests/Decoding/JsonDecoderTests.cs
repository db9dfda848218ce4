using System.Text;
using CsCheck;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Decoding;

namespace Streaming.Daemon.Tests.Decoding;

public class JsonDecoderTests
{
    private const string Good = """{"series":"cpu","time":"2023-11-14T22:13:20Z","value":91.2}""";
    private static readonly DateTime GoodTime = new(2023, 11, 14, 22, 13, 20);

    private readonly RecordDecoder _decoder = new(new InputOptions());

    public static TheoryData<string, string, double> Accepted => new()
    {
        { Good, "cpu", 91.2 },
        { "\uFEFF" + Good, "cpu", 91.2 },
        { " \t\r\n" + Good + " \t\r\n", "cpu", 91.2 },
        { """{"value":-0.5e1,"x":[{"value":7},[[]],{}],"time":1700000000,"series":"a"}""", "a", -5 },
        { """{"series":12.50,"time":1700000000000,"value":"3"}""", "12.50", 3 },
        { """{"series":true,"time":"1700000000","value":" 1e3"}""", "true", 1000 },
        { """{"series":"a","series":"b","time":1,"time":1700000000,"value":1,"value":2}""", "b", 2 },
        { """{"s\u0065ries":"\u00e9\ud83d\ude00\n","time":"2023\u002d11-14 22:13:20","value":"\u0031"}""",
            "é😀\n", 1 },
        { """{"series":"a","time":1700000000,"value":1,"extra":{"value":null,"series":{"time":2}}}""", "a", 1 },
        { """{"series":"a","time":1700000000,"value":{"value":3},"value":1}""", "a", 1 },
    };

    [Theory, MemberData(nameof(Accepted))]
    public void Decode_GoodRecord_ReadsItsFields(string json, string series, double value)
    {
        RejectReason reason = Decode(_decoder, json, out string id, out long ticks, out double number);

        Assert.Equal(RejectReason.None, reason);
        Assert.Equal(series, id);
        Assert.Equal(GoodTime, new DateTime(ticks));
        Assert.Equal(value, number);
    }

    [Theory]
    [InlineData("not-json", "")]
    [InlineData("not-json", " ")]
    [InlineData("not-json", "\uFEFF")]
    [InlineData("not-json", "cpu 1")]
    [InlineData("not-json", Good + "x")]
    [InlineData("not-json", Good + Good)]
    [InlineData("not-json", """{"series":"a","time":1700000000,"value":1,}""")]
    [InlineData("not-json", """{"series":"a","time":1700000000,"value":1""")]
    [InlineData("not-json", """{"series":"a","time":1700000000,"value":01}""")]
    [InlineData("not-json", """{"series":"a","time":1700000000,"value":1,"extra":NaN}""")]
    [InlineData("not-json", """{"series":NaN,"time":1700000000,"value":1}""")]
    [InlineData("not-json", """{"series":"a","time":Infinity,"value":1}""")]
    [InlineData("not-json", """{"series":"a","time":1700000000,"value":NaNs}""")]
    [InlineData("missing-series", "[1]")]
    [InlineData("missing-series", "{}")]
    [InlineData("missing-series", """{"series":null,"time":1700000000,"value":1}""")]
    [InlineData("missing-series", """{"series":{},"time":1700000000,"value":1}""")]
    [InlineData("missing-series", """[{"series":"a","time":1700000000,"value":1}]""")]
    [InlineData("missing-time", """{"series":"a","value":1}""")]
    [InlineData("missing-time", """{"series":"a","time":null,"value":1}""")]
    [InlineData("missing-value", """{"series":"a","time":1700000000}""")]
    [InlineData("missing-value", """{"series":"a","time":1700000000,"value":null}""")]
    [InlineData("missing-value", """{"series":"a","time":1700000000,"value":1,"value":null}""")]
    [InlineData("not-finite", """{"series":"a","time":1700000000,"value":NaN}""")]
    [InlineData("not-finite", """{"series":"a","time":1700000000,"value":Infinity}""")]
    [InlineData("not-finite", """{"series":"a","time":1700000000,"value":-Infinity}""")]
    [InlineData("not-finite", """{"series":"a","time":1700000000,"value":NaN,"value":1}""")]
    [InlineData("not-finite", """{"series":"a","time":1700000000,"value":"NaN"}""")]
    [InlineData("not-finite", """{"series":"a","time":1700000000,"value":"+Inf"}""")]
    [InlineData("not-finite", """{"series":"a","time":1700000000,"value":"-inf"}""")]
    [InlineData("not-finite", """{"series":"a","time":1700000000,"value":1e400}""")]
    [InlineData("not-finite", """{"series":"a","time":1700000000,"value":"-1e400"}""")]
    [InlineData("bad-value", """{"series":"a","time":1700000000,"value":"x"}""")]
    [InlineData("bad-value", """{"series":"a","time":1700000000,"value":""}""")]
    [InlineData("bad-value", """{"series":"a","time":1700000000,"value":true}""")]
    [InlineData("bad-value", """{"series":"a","time":1700000000,"value":[1]}""")]
    [InlineData("bad-time", """{"series":"a","time":"yesterday","value":1}""")]
    [InlineData("bad-time", """{"series":"a","time":"","value":1}""")]
    [InlineData("bad-time", """{"series":"a","time":false,"value":1}""")]
    [InlineData("absurd-time", """{"series":"a","time":-1,"value":1}""")]
    [InlineData("absurd-time", """{"series":"a","time":"1969-12-31T23:59:59Z","value":1}""")]
    [InlineData("absurd-time", """{"series":"a","time":"2200-01-01T00:00:00Z","value":1}""")]
    [InlineData("empty-series", """{"series":"","time":1700000000,"value":1}""")]
    [InlineData("bad-utf8", """{"series":"\ud83d","time":1700000000,"value":1}""")]
    [InlineData("bad-utf8", """{"series":"\ude00\ud83d","time":1700000000,"value":1}""")]
    public void Decode_BadRecord_SaysWhy(string expected, string json)
    {
        RejectReason reason = _decoder.Decode(Record(Encoding.UTF8.GetBytes(json)));

        Assert.Equal(json.Length == 0 ? "empty-value" : expected, reason.Name());
        Assert.Equal(0, _decoder.Observations.Count);
    }

    [Fact]
    public void Decode_InvalidUtf8InSeries_IsBadUtf8()
    {
        byte[] json = Encoding.Latin1.GetBytes("""{"series":"é","time":1700000000,"value":1}""");

        Assert.Equal(RejectReason.BadUtf8, _decoder.Decode(Record(json)));
    }

    [Theory]
    [InlineData(false, 0, "none")]
    [InlineData(true, 0, "empty-key")]
    [InlineData(true, 512, "none")]
    [InlineData(true, 513, "key-too-long")]
    [InlineData(true, 1 << 20, "key-too-long")]
    public void Decode_Key_MustHaveOneTo512BytesIfPresent(bool hasKey, int keyBytes, string expected)
    {
        var record = new InputRecord
        {
            Key = new byte[keyBytes],
            HasKey = hasKey,
            Value = Encoding.UTF8.GetBytes(Good),
        };

        Assert.Equal(expected, _decoder.Decode(record).Name());
    }

    [Theory]
    [InlineData("a", 512, "none")]
    [InlineData("a", 513, "series-too-long")]
    [InlineData("\\u0061", 512, "none")]
    [InlineData("\\u0061", 513, "series-too-long")]
    [InlineData("\\u0061", 100_000, "series-too-long")]
    [InlineData("é", 256, "none")]
    [InlineData("é", 257, "series-too-long")]
    public void Decode_Series_MayHave512Bytes(string letter, int count, string expected)
    {
        string id = string.Concat(Enumerable.Repeat(letter, count));
        string json = $$"""{"series":"{{id}}","time":1700000000,"value":1}""";

        Assert.Equal(expected, _decoder.Decode(Record(Encoding.UTF8.GetBytes(json))).Name());
    }

    [Theory]
    [InlineData(63, "none")]
    [InlineData(64, "too-deep")]
    [InlineData(100_000, "too-deep")]
    public void Decode_Nesting_MayBe64Deep(int arrays, string expected)
    {
        string json = Good[..^1] + ",\"x\":" + new string('[', arrays) + new string(']', arrays) + "}";

        Assert.Equal(expected, _decoder.Decode(Record(Encoding.UTF8.GetBytes(json))).Name());
    }

    [Fact]
    public void Decode_NestedPaths_LeadThroughObjectsAndResetWithTheirParent()
    {
        var decoder = new RecordDecoder(new InputOptions
        {
            SeriesPath = "after.id",
            TimePath = "source.ts.ms",
            ValuePath = "after.temp",
        });
        const string Head = """{"before":{"id":0},"source":{"ts":{"ms":1700000000000}},"after":""";

        RejectReason found = Decode(
            decoder, Head + """{"temp":20.5,"id":7}}""", out string id, out _, out double value);
        RejectReason overruled = Decode(
            decoder, Head + """{"temp":20.5,"id":7},"after":{"id":8}}""", out _, out _, out _);
        RejectReason inArray = Decode(decoder, Head + """[{"temp":20.5,"id":7}]}""", out _, out _, out _);

        Assert.Equal((RejectReason.None, "7", 20.5), (found, id, value));
        Assert.Equal(RejectReason.MissingValue, overruled);
        Assert.Equal(RejectReason.MissingSeries, inArray);
    }

    [Fact]
    public void Decode_MutatedOrRandomBytes_NeverThrows()
    {
        byte[][] seeds = [.. Accepted.Select(row => Encoding.UTF8.GetBytes((string)((object[])row)[0]))];
        Gen<byte[]> mutated = Gen.Select(
            Gen.OneOf(seeds), Gen.Select(Gen.Int[0, 1_000], Gen.Byte).Array[0, 4], Gen.Int[0, 200], Mutate);

        mutated.Sample(AssertSane, iter: 80_000);
        Gen.Byte.Array[0, 200].Sample(AssertSane, iter: 20_000);
    }

    [Fact]
    public void Decode_Warm_AllocatesNothing()
    {
        byte[][] records =
        [
            .. Accepted.Select(row => Encoding.UTF8.GetBytes((string)((object[])row)[0])),
            .. new[] { "x", "{", """{"series":"a","time":1700000000,"value":NaN}""", new string('[', 99), Good + "x" }
                .Select(Encoding.UTF8.GetBytes),
            Encoding.UTF8.GetBytes("""{"series":"a","time":1.7e9,"value":1.234567890123456789e-300}"""),
        ];

        Assert.Equal(0, Allocation.Least(() => DecodeAll(records)));
    }

    private static InputRecord Record(byte[] value) => new() { Key = "key"u8, HasKey = true, Value = value };

    private static RejectReason Decode(
        RecordDecoder decoder, string json, out string id, out long ticks, out double value)
    {
        RejectReason reason = decoder.Decode(Record(Encoding.UTF8.GetBytes(json)));
        Observation observation = decoder.Observations.Count == 1 ? decoder.Observations[0] : default;
        id = Encoding.UTF8.GetString(observation.SeriesId);
        ticks = observation.TimeTicks;
        value = observation.Value;
        return reason;
    }

    private static byte[] Mutate(byte[] seed, (int At, byte To)[] changes, int cut)
    {
        byte[] bytes = [.. seed];
        foreach ((int at, byte to) in changes)
        {
            bytes[at % bytes.Length] = to;
        }

        return cut < bytes.Length ? bytes[..^cut] : bytes;
    }

    private static void AssertSane(byte[] record)
    {
        var decoder = new RecordDecoder(new InputOptions { Format = InputFormat.Json });
        RejectReason reason = decoder.Decode(Record(record));
        Assert.Equal(reason == RejectReason.None ? 1 : 0, decoder.Observations.Count);
        if (reason == RejectReason.None)
        {
            Observation observation = decoder.Observations[0];
            Assert.InRange(observation.SeriesId.Length, 1, ObservationList.MaxIdBytes);
            Assert.InRange(observation.TimeTicks, EventTime.MinTicks, EventTime.EndTicks - 1);
            Assert.True(double.IsFinite(observation.Value));
        }
    }

    private void DecodeAll(byte[][] records)
    {
        foreach (byte[] record in records)
        {
            _decoder.Decode(Record(record));
        }
    }
}

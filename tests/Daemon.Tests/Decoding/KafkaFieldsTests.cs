using System.Text;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Decoding;
using Streaming.Daemon.Tests.Decoding.Schemas;

namespace Streaming.Daemon.Tests.Decoding;

/// <summary>Series by the record's key, time by its Kafka timestamp, in every format that has paths.</summary>
public class KafkaFieldsTests
{
    private const string Kafka = "2023-11-14T22:13:20";

    private static readonly byte[] key = Encoding.UTF8.GetBytes("pump/ö");

    public static TheoryData<string, string> Records => new()
    {
        { "json", """{"value":20.5,"time":"2024-01-31T23:59:42Z"}""" },
        { "json", """{"value":20.5,"time":"2024-01-31T23:59:42Z","kafka":{"key":"x","timestamp":1}}""" },
        { "auto", """{"value":20.5,"time":"2024-01-31T23:59:42Z"}""" },
        { "debezium", """{"after":{"value":20.5,"time":"2024-01-31T23:59:42Z"},"op":"c","ts_ms":1}""" },
        { "cloudevents", """{"specversion":"1.0","time":"2000-01-01T00:00:00Z","data":{"value":20.5,"time":"2024-01-31T23:59:42Z"}}""" },
        { "csv", "time,value\n2024-01-31T23:59:42Z,20.5" },
    };

    [Theory, MemberData(nameof(Records))]
    public void Decode_SeriesByKey_IsTheKey(string format, string record)
    {
        RecordDecoder decoder = Decoder(format, time: "time");
        byte[] value = Encoding.UTF8.GetBytes(record);

        Assert.Equal("pump/ö 2024-01-31T23:59:42 20.5", Decode(decoder, value, key));
        Assert.Equal(0, Allocation.Least(() => decoder.Decode(new() { Key = key, HasKey = true, Value = value })));
    }

    [Theory, MemberData(nameof(Records))]
    public void Decode_TimeOfKafka_GoesBeforeAnyOther(string format, string record) =>
        Assert.Equal($"pump/ö {Kafka} 20.5", Decode(Decoder(format, KafkaPath.Timestamp), record, key));

    [Theory]
    [InlineData("json", """{"value":20.5}""")]
    [InlineData("auto", """{"value":20.5}""")]
    [InlineData("debezium", """{"after":{"value":20.5},"op":"c","ts_ms":1}""")]
    [InlineData("cloudevents", """{"specversion":"1.0","data":{"value":20.5}}""")]
    [InlineData("csv", "20.5")]
    public void Decode_ValueAlone_IsRead(string format, string record)
    {
        var options = new InputOptions { Csv = new() { Columns = ["value"] } };

        Assert.Equal($"pump/ö {Kafka} 20.5", Decode(Decoder(format, KafkaPath.Timestamp, options), record, key));
    }

    [Theory]
    [InlineData("avro", "reading_avro.bin")]
    [InlineData("protobuf", "reading_proto.bin")]
    public void Decode_BySchema_TakesKeyAndTimestamp(string format, string file)
    {
        InputOptions options = Readings.Options(
            (InputFormat)OptionNames.Parse(typeof(InputFormat), format)!, KafkaPath.Key, KafkaPath.Timestamp);
        byte[] record = Readings.Bytes(file);
        var decoder = new RecordDecoder(options);

        Assert.StartsWith($"pump/ö {Kafka} ", Decode(decoder, record, key), StringComparison.Ordinal);
        Assert.Equal("missing-key", Decode(decoder, record, null));
    }

    [Theory, MemberData(nameof(Records))]
    public void Decode_KeyThatIsNoSeries_IsRefusedWithTheReason(string format, string record)
    {
        RecordDecoder decoder = Decoder(format, time: "time");

        Assert.Equal("missing-key", Decode(decoder, record, null));
        Assert.Equal("empty-key", Decode(decoder, record, []));
        Assert.Equal("key-too-long", Decode(decoder, record, new byte[513]));
        Assert.Equal("bad-utf8", Decode(decoder, record, [0xC3]));
        Assert.Equal($"{new string('a', 512)} 2024-01-31T23:59:42 20.5",
            Decode(decoder, record, Encoding.UTF8.GetBytes(new string('a', 512))));
    }

    [Fact]
    public void Decode_NoTimestamp_IsMissingTime() =>
        Assert.Equal(RejectReason.MissingTime, Decoder("json", KafkaPath.Timestamp).Decode(
            new() { Key = key, HasKey = true, Value = "{\"value\":1}"u8, TimestampMs = -1 }));

    /// <summary>What auto takes for JSON by paths is the same whatever came before, with fewer paths to find too.
    /// </summary>
    [Fact]
    public void Decode_Auto_IsTheSameWhateverCameBefore()
    {
        string[] records =
        [
            """{"value":20.5,"time":1700000000}""", "cpu,host=a usage=1", """{"value":1}""", """{"time":1}""",
            """{"timestamp":"2023-11-14T22:13:20Z","value":"1","name":"up","labels":{"job":"x"}}""",
            """{"timestamp":"2023-11-14T22:13:20Z","value":"1","name":"up","labels":{"job":"x"},"time":1700000000}""",
        ];
        foreach (byte[]? given in new[] { key, null })
        {
            foreach ((string before, string record) in records.SelectMany(a => records.Select(b => (a, b))))
            {
                RecordDecoder used = Decoder("auto", "time");
                Decode(used, before, given);

                Assert.Equal(Decode(Decoder("auto", "time"), record, given), Decode(used, record, given));
            }
        }
    }

    private static RecordDecoder Decoder(string format, string time, InputOptions? options = null) =>
        new((options ?? new() { Csv = new() { Columns = ["time", "value"] } }) with
        {
            Format = (InputFormat)OptionNames.Parse(typeof(InputFormat), format)!,
            SeriesPath = KafkaPath.Key,
            TimePath = time,
        });

    private static string Decode(RecordDecoder decoder, string record, byte[]? key) =>
        Decode(decoder, Encoding.UTF8.GetBytes(record), key);

    private static string Decode(RecordDecoder decoder, byte[] record, byte[]? key)
    {
        RejectReason reason = decoder.Decode(new()
        {
            Key = key,
            HasKey = key is not null,
            Value = record,
            TimestampMs = DecodedText.KafkaMs,
        });
        return reason != RejectReason.None
            ? reason.Name()
            : DecodedText.Text(decoder.Observations[0]);
    }
}

using System.Text;
using CsCheck;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Decoding;
using Streaming.Daemon.Tests.Decoding.Schemas;

namespace Streaming.Daemon.Tests.Decoding;

/// <summary>Mutated records, 100,000 a decoder: nothing throws or hangs, and none costs memory.</summary>
public class DecoderFuzzTests
{
    private const int Records = 100_000;

    /// <summary>What breaks parsers: separators, escapes, huge numbers, depth, length, bytes that are no UTF-8.</summary>
    private static readonly byte[][] Pieces =
    [
        .. new[]
        {
            "\"", "\\", "{", "}", "[", "]", ",", ":", "=", " ", "\n", "\r\n", "#", "\0", "\uFEFF", "\\u", "\\ud83d",
            "\\\"", "NaN", "-Infinity", "null", "1e999", "-0", "18446744073709551616u", "9i", "99999999999999999999",
            "\"\"", "é", "\"name\":", "\"fields\":{}", "\"payload\":{\"op\":\"c\"", new('[', 70), new('9', 400),
            new('a', 600), "{\"metrics\":[", string.Concat(Enumerable.Repeat("a,", 70)),
            string.Concat(Enumerable.Repeat("a=1,", 70)),
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xC3], [0xED, 0xA0, 0x80], [0, 0, 0, 0, 1],
    ];

    public static TheoryData<string, string[]> Seeds => new()
    {
        { "json", ["""{"series":"c\tpu","time":"2023-11-14T22:13:20.5+01:00","value":91.2,"x":[{"y":null}]}"""] },
        {
            "influx",
            [
                "cpu,host=a\\ b,r=c usage=91.2,user=4i,up=t,s=\"x \\\" y\" 1700000000000000000",
                "# c\nm f=1\nm,a=b f=2u 17\n",
            ]
        },
        {
            "telegraf-json",
            [
                """{"fields":{"usage":30,"ok":true,"s":"x"},"name":"doc\u006ber","tags":{"host":"a"},"timestamp":1458229140}""",
                """{"metrics":[{"name":"m","fields":{"a":1}},{"name":"n","fields":{"b":2.5},"tags":{"x":"y"}}]}""",
            ]
        },
        {
            "prometheus",
            ["""{"timestamp":"1970-01-01T00:00:00Z","value":"9876543210","name":"up","labels":{"__name__":"up","job":"x"}}"""]
        },
        {
            "vector",
            [
                """{"name":"m","tags":{"host":"a","l":["x","y"]},"timestamp":"2023-11-14T22:13:20Z","kind":"absolute","gauge":{"value":1.0}}""",
                """{"metric":{"namespace":"n","name":"m","kind":"incremental","counter":{"value":1}}}""",
            ]
        },
        {
            "debezium",
            [
                """{"before":null,"after":{"series":1,"value":20.5},"source":{"ts_ms":1},"op":"c","ts_ms":2}""",
                """{"schema":{},"payload":{"after":{"series":"a","time":1700000000,"value":1},"op":"u"}}""",
            ]
        },
        {
            "cloudevents",
            [
                """{"specversion":"1.0","id":"1","source":"/s","time":"2023-11-14T22:13:20Z","data":{"series":"a","value":1}}""",
                """{"specversion":"1.0","time":"2023-11-14T22:13:20Z","data_base64":"eyJzZXJpZXMiOiJhIiwidmFsdWUiOjF9"}""",
            ]
        },
        {
            "otlp-json",
            [
                """{"resourceMetrics":[{"resource":{"attributes":[{"key":"a","value":{"stringValue":"\u0073"}},{"key":"b","value":{"arrayValue":{"values":[{"intValue":1}]}}}]},"scopeMetrics":[{"metrics":[{"name":"g","gauge":{"dataPoints":[{"asDouble":10,"timeUnixNano":"1544712660300000000","attributes":[{"key":"c","value":{"doubleValue":0.5}}]}]}}]}]}]}""",
                """{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"sum":{"dataPoints":[{"asInt":"4","timeUnixNano":1544712660300000000,"startTimeUnixNano":"1"}],"isMonotonic":true,"aggregationTemporality":2},"name":"s"},{"name":"h","histogram":{"aggregationTemporality":1,"dataPoints":[{"count":"2","sum":3,"timeUnixNano":"1544712660300000000","explicitBounds":[1,"2.5"],"bucketCounts":["1",0,1]}]},"unit":"m\u0073"}]}]}]}""",
            ]
        },
        { "csv", ["series,time,value\ncpu,2023-11-14T22:13:20Z,91.2\n\"a,\"\"b\"\"\",1700000000,1\r\n"] },
        { "auto", [] },
    };

    [Theory, MemberData(nameof(Seeds))]
    public void Decode_MutatedRecord_IsRefusedOrReadAndCostsNoMemory(string format, string[] examples)
    {
        var options = new InputOptions
        {
            Format = (InputFormat)OptionNames.Parse(typeof(InputFormat), format)!,
            Buckets = true,
            Covariates = format is "json" or "influx" or "csv" or "auto" ? ["value", "user", "x"] : [],
        };
        Fuzz(options, [.. (examples.Length > 0 ? examples : AllExamples()).Select(Encoding.UTF8.GetBytes)]);
    }

    [Theory]
    [InlineData("OtlpProto", "otlp_metrics.pb")]
    [InlineData("Avro", "reading_avro.bin")]
    [InlineData("Protobuf", "reading_proto.bin")]
    public void Decode_MutatedBinaryRecord_IsRefusedOrReadAndCostsNoMemory(string format, string golden) =>
        Fuzz(Readings.Options(Enum.Parse<InputFormat>(format)) with { Buckets = true }, [Readings.Bytes(golden)]);

    private static void Fuzz(InputOptions options, byte[][] seeds)
    {
        using var decoders = new ThreadLocal<RecordDecoder>(() => Warm(new(options)));
        int read = 0, refused = 0;

        Mutated(seeds).Sample(
            record =>
            {
                bool isRead = AssertSane(decoders.Value!, record, out long allocated);
                for (int again = 0; IsTooMuch(allocated, record) && again < 3; again++)
                {
                    // The runtime may charge a thread for something of its own; a decoder's own need shows each time.
                    AssertSane(Warm(new(options)), record, out allocated);
                }

                Assert.False(IsTooMuch(allocated, record), $"{allocated} bytes for {record.Length}.");
                Interlocked.Increment(ref isRead ? ref read : ref refused);
            },
            iter: Records);

        Assert.InRange(read + refused, Records, int.MaxValue);
        Assert.InRange(Math.Min(read, refused), Records / 20, Records);
    }

    /// <summary>Auto tries first what came last: that may change the time it takes, and nothing else.</summary>
    [Fact]
    public void Decode_MutatedRecordByAuto_IsTheSameWhateverCameBefore()
    {
        byte[][] seeds = [.. AllExamples().Select(Encoding.UTF8.GetBytes)];
        byte[] json = seeds[0], vector = Encoding.UTF8.GetBytes("""{"metric":{}}""");
        using var decoders = new ThreadLocal<(RecordDecoder, RecordDecoder)>(() => (Warm(new(new())), Warm(new(new()))));

        Mutated(seeds).Sample(record =>
        {
            (RecordDecoder afterJson, RecordDecoder afterVector) = decoders.Value;
            afterJson.Decode(new() { Value = json });
            afterVector.Decode(new() { Value = vector });

            var expected = DecodedText.Of(afterJson, record);
            var found = DecodedText.Of(afterVector, record);

            Assert.Equal(expected.Reason, found.Reason);
            Assert.Equal(expected.Observations, found.Observations);
            Assert.Equal(afterJson.Format, afterVector.Format);
        }, iter: 20_000);
    }

    /// <summary>Seeds with up to four edits: bytes replaced by pieces, by other seeds, or by any bytes.</summary>
    private static Gen<byte[]> Mutated(byte[][] seeds)
    {
        Gen<(int At, int Length, byte[] Piece)> edit = Gen.Select(
            Gen.Int[0, 1_000], Gen.Frequency((3, Gen.Int[0, 3]), (1, Gen.Int[0, 200])),
            Gen.Frequency((3, Gen.OneOf(Pieces)), (1, Gen.OneOf(seeds)), (2, Gen.Byte.Array[0, 2])));
        return Gen.Select(Gen.OneOf(seeds), edit.Array[0, 4]).Select((seed, edits) => edits.Aggregate(seed, Edit));
    }

    private static string[] AllExamples() => [.. Seeds.SelectMany(row => (string[])((object[])row)[1])];

    /// <summary>Replaces some bytes by a piece.</summary>
    private static byte[] Edit(byte[] record, (int At, int Length, byte[] Piece) edit)
    {
        int at = edit.At % (record.Length + 1);
        int end = Math.Min(at + edit.Length, record.Length);
        return [.. record[..at], .. edit.Piece, .. record[end..]];
    }

    /// <summary>Grows the buffers, which are kept, beyond what a mutated record can ask for.</summary>
    private static RecordDecoder Warm(RecordDecoder decoder)
    {
        decoder.Observations.SetSeries("a"u8);
        for (int i = 0; i < 4_096; i++)
        {
            decoder.Observations.SetSeries("the name of a series that is rather long"u8);
            decoder.Observations.Add(EventTime.MinTicks, 1);
        }

        foreach (string example in AllExamples())
        {
            decoder.Decode(new() { Value = Encoding.UTF8.GetBytes(example) });
        }

        string labels = string.Join(',', Enumerable.Range(0, 64).Select(i => $"{new string('k', 500)}{i}={new string('v', 500)}"));
        decoder.Decode(new() { Value = Encoding.UTF8.GetBytes($"m,{labels} f=1") });
        return decoder;
    }

    private static bool IsTooMuch(long allocated, byte[] record) => allocated > 10L * Math.Max(record.Length, 1_000);

    /// <returns>Whether all of the record was read.</returns>
    private static bool AssertSane(RecordDecoder decoder, byte[] record, out long allocated)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        RejectReason reason = decoder.Decode(new() { Value = record, TimestampMs = 1 });
        allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(Enum.IsDefined(reason));
        for (int i = 0; i < decoder.Observations.Count; i++)
        {
            Observation observation = decoder.Observations[i];
            Assert.InRange(observation.SeriesId.Length, 1, ObservationList.MaxIdBytes);
            Assert.True(System.Text.Unicode.Utf8.IsValid(observation.SeriesId));
            Assert.InRange(observation.TimeTicks, EventTime.MinTicks, EventTime.EndTicks - 1);
            Assert.True(double.IsFinite(observation.Value));
        }

        return reason == RejectReason.None;
    }
}

using System.Text;

namespace Streaming.Daemon.Decoding;

/// <summary>Names and advice for reasons: what metrics and dead letters say.</summary>
internal static class RejectReasons
{
    private static readonly (string Name, string Detail)[] Texts =
    [
        ("none", "Nothing is wrong with the record."),
        ("not-json", "The value is not one JSON document; send UTF-8 JSON and nothing after it, or set Input:Format."),
        ("not-otlp", "The value is no OTLP export with metrics; send otlp_proto or otlp_json, as Input:Format says."),
        ("not-framed", "The record names no schema; use Confluent's serializers, or correct Input:Schema:Framing."),
        ("unknown-schema",
            "There is no usable schema that the record names, or no such message in it; correct Input:Schema."),
        ("schema-mismatch", "The value is not what its schema says; correct the producer, or Input:Schema."),
        ("missing-series", "No series id or name; send text or a number at Input:SeriesPath, or correct the path."),
        ("missing-time", "No event time; send ISO 8601 text or a number at Input:TimePath, or correct the path."),
        ("missing-value", "No value, or null; leave such records out, or correct Input:ValuePath."),
        ("not-finite", "The value is NaN, infinite or beyond a double; leave such records out."),
        ("bad-value", "The value is not a number; send a JSON number, or text that holds one."),
        ("bad-time", "The event time is not understood; send 2024-01-31T23:59:00Z or a number since 1970."),
        ("absurd-time", "The event time is outside 1970 to 2199; check the clock and Input:TimeUnit."),
        ("empty-series", "The series id is empty; send 1 to 512 bytes."),
        ("series-too-long", "The series id is longer than 512 bytes; shorten it."),
        ("missing-key", "No key, by which Input:SeriesPath names series; send the series id as key, or set a path."),
        ("empty-key", "The key is empty; send the series id as key, or no key."),
        ("key-too-long", "The key is longer than 512 bytes; send the series id as key."),
        ("empty-value", "The record has no value; tombstones mean nothing on the input topic."),
        ("bad-utf8", "The series id is not valid UTF-8; correct the producer's encoding."),
        ("too-deep", "The JSON is nested more than 64 deep; flatten it."),
        ("too-many", "The record holds more than 65,536 observations; send smaller batches."),
        ("too-many-labels", "A series has more than 64 labels; drop some of them by Input:DropLabels."),
        ("unsupported-metric",
            "The metric is not a level or a counter; have the producer send gauges and counters only."),
        ("bad-line", "A line is not in its format; send measurement,tag=a field=1 time, or CSV with all columns."),
        ("late", "The step of this event was closed already; raise Grace, or send records in time order."),
        ("future", "The event time is too far past the record's Kafka timestamp; check the clock, or raise MaxFuture."),
        ("series-limit", "The partition is full; raise Pipeline:MaxSeriesPerPartition or MaxStateBytes, or add partitions."),
        ("skipped", "The record was passed over, as Input:Skip asks; find out what in it ends the process."),
        ("not-repartitioned",
            "The message of the repartition topic is not one of this version; let nobody else write there."),
    ];

    private static readonly byte[][] NamesUtf8 = Array.ConvertAll(Texts, text => Encoding.UTF8.GetBytes(text.Name));

    private static readonly byte[][] DetailsUtf8 = Array.ConvertAll(Texts, text => Encoding.UTF8.GetBytes(text.Detail));

    /// <summary>Number of reasons, <see cref="RejectReason.None"/> included: the length of a table by reason.</summary>
    public static int Count => Texts.Length;

    /// <summary>Stable kebab-case name, as in metric labels and headers.</summary>
    public static string Name(this RejectReason reason) => Texts[(int)reason].Name;

    /// <summary>What is wrong and what to do about it: one sentence.</summary>
    public static string Detail(this RejectReason reason) => Texts[(int)reason].Detail;

    /// <summary>The name as UTF-8.</summary>
    public static ReadOnlySpan<byte> NameUtf8(this RejectReason reason) => NamesUtf8[(int)reason];

    /// <summary>The detail as UTF-8.</summary>
    public static ReadOnlySpan<byte> DetailUtf8(this RejectReason reason) => DetailsUtf8[(int)reason];
}

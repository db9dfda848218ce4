using System.Text;
using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Decoding;

/// <summary>What the members of a JSON document's outermost object tell: its format, and whether the configured paths
/// may lead somewhere.</summary>
/// <remarks>The document need not be well-formed: what can be read from its start on counts.</remarks>
internal sealed class JsonShape
{
    private const uint Name = 1, Labels = 2, Value = 4, Timestamp = 8, Kind = 16, Fields = 32, Metrics = 64;
    private const uint Metric = 128, Op = 256, Row = 512, Payload = 1024, Resources = 2048, Version = 4096;

    /// <summary>Members that together tell a format; the first that are all there do.</summary>
    private static readonly (uint Members, InputFormat Format)[] Shapes =
    [
        (Version, InputFormat.CloudEvents),
        (Name | Fields, InputFormat.TelegrafJson),
        (Metrics, InputFormat.TelegrafJson),
        (Name | Labels | Value | Timestamp, InputFormat.Prometheus),
        (Name | Kind, InputFormat.Vector),
        (Metric, InputFormat.Vector),
        (Op | Row, InputFormat.Debezium),
        (Resources, InputFormat.OtlpJson),
    ];

    private readonly byte[][] pathStarts; // of series, time, value; without what is beside the document

    private readonly int allPaths; // a bit each

    public JsonShape(InputOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var kafka = new KafkaFields(options);
        string[] paths =
        [
            .. kafka.HasSeries ? Array.Empty<string>() : [options.SeriesPath],
            .. kafka.HasTime ? Array.Empty<string>() : [options.TimePath],
            options.ValuePath,
        ];
        pathStarts = Array.ConvertAll(paths, path => Encoding.UTF8.GetBytes(path.Split('.')[0]));
        allPaths = (1 << pathStarts.Length) - 1;
    }

    /// <summary>The format a document shows; JSON by paths where it shows none. An array is what its first object is.
    /// </summary>
    /// <param name="json">A document, or not.</param>
    /// <param name="mayHavePaths">False if the configured paths can't all lead somewhere.</param>
    public InputFormat Of(ReadOnlySpan<byte> json, out bool mayHavePaths)
    {
        var cursor = new JsonCursor(json);
        JsonCursor array = cursor;
        bool isArray = array.TryEnter(JsonKind.Array) && array.TryNextElement();
        uint members = Read(isArray ? array : cursor, isPayload: false, out mayHavePaths);
        mayHavePaths &= !isArray;
        foreach ((uint wanted, InputFormat format) in Shapes)
        {
            if ((members & wanted) == wanted)
            {
                return format;
            }
        }

        return InputFormat.Json;
    }

    /// <summary>The members of an object; those of a payload in it count where they tell a change. A payload in a
    /// payload does not: however deep a record nests, this ends.</summary>
    private uint Read(JsonCursor cursor, bool isPayload, out bool mayHavePaths)
    {
        uint members = 0;
        int seen = 0;
        bool isObject = cursor.TryEnter(JsonKind.Object);
        while (isObject && cursor.TryNextMember())
        {
            ReadOnlySpan<byte> name = cursor.Name;
            JsonCursor value = cursor;
            JsonKind kind = cursor.Take().Kind;
            seen |= PathsFrom(name);
            uint member = MemberOf(name, kind);
            members |= member != Payload ? member
                : isPayload ? 0 : Read(value, isPayload: true, out _) & (Op | Row);
        }

        mayHavePaths = seen == allPaths;
        return members;
    }

    /// <summary>The paths that may begin with a name: all, where it is escaped.</summary>
    private int PathsFrom(ReadOnlySpan<byte> name)
    {
        int paths = name.Contains((byte)'\\') ? allPaths : 0;
        for (int p = 0; p < pathStarts.Length; p++)
        {
            paths |= name.SequenceEqual(pathStarts[p]) ? 1 << p : 0;
        }

        return paths;
    }

    private static uint MemberOf(ReadOnlySpan<byte> name, JsonKind kind) => name.Length switch
    {
        2 when kind == JsonKind.Text && name.SequenceEqual("op"u8) => Op,
        4 when kind == JsonKind.Text && name.SequenceEqual("name"u8) => Name,
        4 when kind == JsonKind.Text && name.SequenceEqual("kind"u8) => Kind,
        5 when name.SequenceEqual("value"u8) => Value,
        5 when name.SequenceEqual("after"u8) => Row,
        6 when name.SequenceEqual("before"u8) => Row,
        6 when kind == JsonKind.Object && name.SequenceEqual("labels"u8) => Labels,
        6 when kind == JsonKind.Object && name.SequenceEqual("fields"u8) => Fields,
        6 when kind == JsonKind.Object && name.SequenceEqual("metric"u8) => Metric,
        7 when kind == JsonKind.Array && name.SequenceEqual("metrics"u8) => Metrics,
        7 when kind == JsonKind.Object && name.SequenceEqual("payload"u8) => Payload,
        11 when kind == JsonKind.Text && name.SequenceEqual("specversion"u8) => Version,
        15 when kind == JsonKind.Array && name.SequenceEqual("resourceMetrics"u8) => Resources,
        9 when name.SequenceEqual("timestamp"u8) => Timestamp,
        _ => 0,
    };
}

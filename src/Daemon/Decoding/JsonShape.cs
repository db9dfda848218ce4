using System.Text;
using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Decoding;

/// <summary>What the members of a JSON document's outermost object tell: its format, and whether the configured paths may
/// lead somewhere.</summary>
/// <remarks>The document need not be well-formed: what can be read from its start on counts.</remarks>
internal sealed class JsonShape
{
    private const uint Name = 1, Labels = 2, Value = 4, Timestamp = 8, Kind = 16, Fields = 32, Metrics = 64;
    private const uint Metric = 128, Op = 256, Row = 512, Payload = 1024, Resources = 2048;

    private static readonly (byte[] Text, JsonKind Kind, uint Member)[] Members =
    [
        ("name"u8.ToArray(), JsonKind.Text, Name),
        ("labels"u8.ToArray(), JsonKind.Object, Labels),
        ("value"u8.ToArray(), JsonKind.None, Value),
        ("timestamp"u8.ToArray(), JsonKind.None, Timestamp),
        ("kind"u8.ToArray(), JsonKind.Text, Kind),
        ("fields"u8.ToArray(), JsonKind.Object, Fields),
        ("metrics"u8.ToArray(), JsonKind.Array, Metrics),
        ("metric"u8.ToArray(), JsonKind.Object, Metric),
        ("op"u8.ToArray(), JsonKind.Text, Op),
        ("before"u8.ToArray(), JsonKind.None, Row),
        ("after"u8.ToArray(), JsonKind.None, Row),
        ("resourceMetrics"u8.ToArray(), JsonKind.Array, Resources),
        ("payload"u8.ToArray(), JsonKind.Object, Payload),
    ];

    /// <summary>Members that together tell a format; the first that are all there do.</summary>
    private static readonly (uint Members, InputFormat Format)[] Shapes =
    [
        (Name | Fields, InputFormat.TelegrafJson),
        (Metrics, InputFormat.TelegrafJson),
        (Name | Labels | Value | Timestamp, InputFormat.Prometheus),
        (Name | Kind, InputFormat.Vector),
        (Metric, InputFormat.Vector),
        (Op | Row, InputFormat.Debezium),
        (Resources, InputFormat.OtlpJson),
    ];

    private readonly byte[][] pathStarts;

    public JsonShape(InputOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        string[] paths = [options.SeriesPath, options.TimePath, options.ValuePath];
        pathStarts = Array.ConvertAll(paths, path => Encoding.UTF8.GetBytes(path.Split('.')[0]));
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
        uint members = Read(isArray ? array : cursor, out mayHavePaths);
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

    private uint Read(JsonCursor cursor, out bool mayHavePaths)
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
            members |= member == Payload ? Read(value, out _) & (Op | Row) : member;
        }

        mayHavePaths = seen == (1 << pathStarts.Length) - 1;
        return members;
    }

    /// <summary>The paths that may begin with a name: all, where it is escaped.</summary>
    private int PathsFrom(ReadOnlySpan<byte> name)
    {
        int paths = 0;
        for (int p = 0; p < pathStarts.Length; p++)
        {
            paths |= name.SequenceEqual(pathStarts[p]) || name.Contains((byte)'\\') ? 1 << p : 0;
        }

        return paths;
    }

    private static uint MemberOf(ReadOnlySpan<byte> name, JsonKind kind)
    {
        foreach ((byte[] text, JsonKind wanted, uint member) in Members)
        {
            if (name.SequenceEqual(text) && (wanted == JsonKind.None || wanted == kind))
            {
                return member;
            }
        }

        return 0;
    }
}

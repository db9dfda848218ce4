using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Streaming.Inference.Series;
using static Streaming.Daemon.Tests.Decoding.ProtoText;

namespace Streaming.Daemon.Tests.Decoding.Otlp;

/// <summary>A random export of metrics: written in both encodings, members in any order, and what it means.</summary>
internal sealed class OtlpSample
{
    private const ulong Start = 1_700_000_000_000_000_000;

    private static readonly string[] Shapes = ["gauge", "sum", "histogram", "exponentialHistogram", "summary"];
    private static readonly int[] ShapeFields = [5, 7, 9, 10, 11];
    private static readonly int[] AttributeFields = [7, 7, 9, 1, 7];
    private static readonly int[] FlagFields = [8, 8, 10, 10, 8];

    private static readonly string[] Units = ["", "ms", "°C", new('u', 63)];
    private static readonly string[] NoUnits = [new('u', 64), "\"", "a\\b", "\u0001"];

    private readonly Random random;
    private readonly bool withBuckets;
    private readonly List<Decoded> expected = [];

    /// <param name="seed">Makes the sample; the same bytes with buckets and without.</param>
    /// <param name="withBuckets">Whether the buckets of histograms are series.</param>
    public OtlpSample(int seed, bool withBuckets)
    {
        (random, this.withBuckets) = (new Random(seed), withBuckets);
        (byte[] Proto, JsonNode Json)[] resources = Many(1, 3, Resource);
        Proto = Message(resources.Select(resource => Bytes(1, resource.Proto)));
        Json = Encoding.UTF8.GetBytes(Object(("resourceMetrics", Array(resources))).ToJsonString());
    }

    public byte[] Proto { get; }

    public byte[] Json { get; }

    public IReadOnlyList<Decoded> Expected => expected;

    private (byte[] Proto, JsonNode Json) Resource()
    {
        (Attribute[] labels, byte[][] proto, JsonNode json) = Attributes("r", 1);
        var scopes = Many(0, 2, () => Scope(labels));
        return (
            Shuffled([Bytes(1, Message(proto)), .. scopes.Select(scope => Bytes(2, scope.Proto)), Text(3, "schema")]),
            Object(("resource", Object(("attributes", json))), ("scopeMetrics", Array(scopes)), ("schemaUrl", "s")));
    }

    private (byte[] Proto, JsonNode Json) Scope(Attribute[] labels)
    {
        var metrics = Many(0, 3, () => Metric(labels));
        return (
            Shuffled([Bytes(1, Text(1, "scope")), .. metrics.Select(metric => Bytes(2, metric.Proto))]),
            Object(("scope", Object(("name", "scope"))), ("metrics", Array(metrics))));
    }

    private (byte[] Proto, JsonNode Json) Metric(Attribute[] labels)
    {
        int shape = random.Next(Shapes.Length), temporality = random.Next(3);
        bool isMonotonic = random.Next(2) == 0;
        string name = Word("m"), unit = random.Next(2) == 0 ? Units[random.Next(4)] : NoUnits[random.Next(4)];
        ValueKind kind = shape switch
        {
            0 => ValueKind.Gauge,
            4 => ValueKind.Counter,
            _ when temporality == 0 => ValueKind.Auto,
            _ when temporality == 1 => ValueKind.Delta,
            1 when !isMonotonic => ValueKind.Gauge,
            _ => ValueKind.Counter,
        };
        var points = Many(0, 3, () => Point(shape, name, unit, kind, labels));
        List<byte[]> proto = [.. points.Select(point => Bytes(1, point.Proto))];
        var json = new List<(string, JsonNode?)> { ("dataPoints", Array(points)) };
        if (shape is 1 or 2 or 3)
        {
            proto.Add(Integer(2, (ulong)temporality));
            json.Add(("aggregationTemporality", temporality));
        }

        if (shape == 1)
        {
            proto.Add(Integer(3, isMonotonic ? 1u : 0));
            json.Add(("isMonotonic", isMonotonic));
        }

        return (
            Shuffled([Text(1, name), Text(2, "about"), Text(3, unit), Bytes(ShapeFields[shape], Shuffled(proto))]),
            Object(("name", name), ("description", "about"), ("unit", unit), (Shapes[shape], Object([.. json]))));
    }

    private (byte[] Proto, JsonNode Json) Point(
        int shape, string name, string unit, ValueKind kind, Attribute[] labels)
    {
        (Attribute[] own, byte[][] attributes, JsonNode json) = Attributes("p", AttributeFields[shape]);
        ulong time = Start + (ulong)random.NextInt64(1_000_000_000_000), start = random.Next(2) == 0 ? 0 : Start;
        bool isEmpty = random.Next(8) == 0;
        List<byte[]> proto = [.. attributes, Fixed64(2, start), Fixed64(3, time)];
        var members = new List<(string, JsonNode?)>
        {
            ("attributes", json), ("timeUnixNano", $"{time}"), ("startTimeUnixNano", start == 0 ? null : $"{start}"),
        };
        if (isEmpty)
        {
            proto.Add(Integer(FlagFields[shape], 1));
            members.Add(("flags", 1));
        }

        foreach ((string suffix, double value, byte[] field, string member, JsonNode text) in Values(shape))
        {
            proto.Add(field);
            members.Add((member, text));
            if (!isEmpty && double.IsFinite(value))
            {
                long from = kind is ValueKind.Counter or ValueKind.Delta && start > 0 ? Ticks(start) : 0;
                expected.Add(new(Series(name + suffix, [.. labels, .. own]), Ticks(time), value, kind, from)
                {
                    Unit = suffix == "_count" || NoUnits.Contains(unit) ? "" : unit,
                });
            }
        }

        if (shape == 2)
        {
            (double[] bounds, ulong[] counts) = Buckets();
            proto.AddRange(Wire(bounds, counts));
            members.Add(("explicitBounds", new JsonArray([.. bounds.Select(bound => (JsonNode)bound)])));
            members.Add(("bucketCounts", new JsonArray([.. counts.Select(count => (JsonNode)$"{count}")])));
            for (int i = 0; i < counts.Length && withBuckets && !isEmpty; i++)
            {
                string le = i == bounds.Length ? "+Inf" : bounds[i].ToString("R", CultureInfo.InvariantCulture);
                double atMost = counts.Take(i + 1).Sum(count => (double)count);
                long from = kind != ValueKind.Auto && start > 0 ? Ticks(start) : 0;
                expected.Add(new(
                    Series(name + "_bucket", [.. labels, .. own, new("le", le)]), Ticks(time), atMost, kind, from));
            }
        }

        return (Shuffled(proto), Object([.. members]));
    }

    private (double[] Bounds, ulong[] Counts) Buckets()
    {
        double[] bounds = [.. Enumerable.Range(0, random.Next(5)).Select(i => (i * i * 2.5) - 1)];
        return random.Next(4) == 0
            ? ([], [])
            : (bounds, [.. Enumerable.Range(0, bounds.Length + 1).Select(_ => (ulong)random.Next(1_000))]);
    }

    /// <summary>Packed, or one by one.</summary>
    private IEnumerable<byte[]> Wire(double[] bounds, ulong[] counts) => random.Next(2) == 0
        ?
        [
            Bytes(7, [.. bounds.SelectMany(bound => Real(7, bound)[1..])]),
            Bytes(6, [.. counts.SelectMany(count => Fixed64(6, count)[1..])]),
        ]
        : [.. bounds.Select(bound => Real(7, bound)), .. counts.Select(count => Fixed64(6, count))];

    private IEnumerable<(string, double, byte[], string, JsonNode)> Values(int shape)
    {
        double real = random.Next(6) == 0 ? double.NaN : Math.Round(random.NextDouble() * 1e6, 3) - 5e5;
        JsonNode text = double.IsNaN(real) ? "NaN" : real;
        if (shape > 1)
        {
            ulong count = (ulong)random.NextInt64();
            yield return ("_count", count, Fixed64(4, count), "count", random.Next(2) == 0 ? $"{count}" : count);
            if (random.Next(3) > 0)
            {
                yield return ("_sum", real, Real(5, real), "sum", text);
            }
        }
        else if (random.Next(2) == 0)
        {
            yield return ("", real, Real(4, real), "asDouble", text);
        }
        else
        {
            long integer = random.NextInt64(long.MinValue, long.MaxValue);
            yield return ("", integer, Fixed64(6, (ulong)integer), "asInt", $"{integer}");
        }
    }

    private (Attribute[] Labels, byte[][] Proto, JsonNode Json) Attributes(string prefix, int field)
    {
        var attributes = Many(0, 4, () => Some(prefix));
        return (
            [.. attributes.Select(a => a.Label)],
            [.. attributes.Select(a => Bytes(field, Shuffled([Text(1, a.Label.Key), Bytes(2, a.Proto)])))],
            new JsonArray([.. attributes.Select(a => Object(("key", a.Label.Key), ("value", a.Json)))]));
    }

    private (Attribute Label, byte[] Proto, JsonNode Json) Some(string prefix)
    {
        string key = random.Next(3) == 0 ? Word("k") : Word(prefix), word = Word("w");
        long integer = random.NextInt64();
        double real = random.NextDouble();
        bool flag = random.Next(2) == 0;
        byte[] nested = Bytes(5, Bytes(1, Text(1, word)));
        return random.Next(5) switch
        {
            0 => (new(key, $"{integer}"), Integer(3, (ulong)integer), Object(("intValue", $"{integer}"))),
            1 => (new(key, real.ToString("R", CultureInfo.InvariantCulture)), Real(4, real),
                Object(("doubleValue", real))),
            2 => (new(key, flag ? "true" : "false"), Integer(2, flag ? 1u : 0), Object(("boolValue", flag))),
            3 => (new(key, null), nested, Object(("arrayValue", Object(("values", new JsonArray(
                Object(("stringValue", word)))))))),
            _ => (new(key, word), Text(1, word), Object(("stringValue", word))),
        };
    }

    /// <summary>The id, by another way than the namer's: words here need no escapes.</summary>
    private static string Series(string name, Attribute[] labels)
    {
        var kept = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (Attribute label in labels)
        {
            if (label.Value is not null)
            {
                kept[label.Key] = label.Value;
            }
        }

        return kept.Count == 0 ? name : $"{name}{{{string.Join(',', kept.Select(l => $"{l.Key}={l.Value}"))}}}";
    }

    private static long Ticks(ulong nanos) => DateTime.UnixEpoch.Ticks + (long)(nanos / 100);

    /// <summary>Short, from few letters, so that keys collide; one that JSON writes with an escape.</summary>
    private string Word(string prefix) => prefix + random.Next(3) + (random.Next(4) == 0 ? "é/\"" : "");

    private T[] Many<T>(int least, int most, Func<T> make) =>
        [.. Enumerable.Range(0, random.Next(least, most + 1)).Select(_ => make())];

    private byte[] Shuffled(IReadOnlyList<byte[]> fields)
    {
        // Points stay in their order, and so do attributes, of which the last of a key counts.
        byte[][] copy = [.. fields];
        return random.Next(2) == 0 ? Message(copy) : Message(copy.GroupBy(f => f[0]).Reverse().SelectMany(g => g));
    }

    private JsonObject Object(params (string Name, JsonNode? Value)[] members)
    {
        random.Shuffle(members);
        return new(members.Select(member => KeyValuePair.Create(member.Name, member.Value)));
    }

    private static JsonArray Array((byte[], JsonNode Json)[] elements) => new([.. elements.Select(e => e.Json)]);

    private sealed record Attribute(string Key, string? Value);
}

using System.Globalization;
using System.Text;
using Avro;
using Newtonsoft.Json;
using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Decoding.Schemas;

/// <summary>Compiles the text of an Avro schema into nodes; Apache.Avro reads the text.</summary>
internal sealed class AvroSchema
{
    private const string Wrapper = "forecaster__wrapper";

    private readonly Dictionary<Schema, AvroNode> known = new(ReferenceEqualityComparer.Instance);

    private AvroSchema()
    {
    }

    /// <summary>Compiles a registered schema.</summary>
    /// <remarks>Names that are defined in one field of a record are known in those after it; unlike a union's branch, a
    /// field may be a union.</remarks>
    /// <exception cref="SchemaException">It is no Avro schema, or a name is missing.</exception>
    public static AvroNode Compile(SchemaText schema)
    {
        if (schema.References.Count == 0)
        {
            return Compile(schema.Text);
        }

        IEnumerable<string> fields = schema.References.Select(reference => reference.Value).Append(schema.Text)
            .Select((text, i) => $$"""{"name":"f{{i}}","type":{{text}}}""");
        return Compile($$"""{"type":"record","name":"{{Wrapper}}","fields":[{{string.Join(',', fields)}}]}""")
            .Children[^1];
    }

    /// <exception cref="SchemaException">The text is no Avro schema.</exception>
    public static AvroNode Compile(string text)
    {
        try
        {
            return new AvroSchema().Node(Schema.Parse(text));
        }
        catch (Exception e)
            when (e is AvroException or JsonException or ArgumentException or FormatException or OverflowException)
        {
            throw new SchemaException($"no Avro schema: {e.Message}", e);
        }
    }

    private AvroNode Node(Schema schema)
    {
        if (known.TryGetValue(schema, out AvroNode? node))
        {
            return node;
        }

        if (schema is LogicalSchema logical)
        {
            return Logical(logical);
        }

        known[schema] = node = new AvroNode(KindOf(schema.Tag));
        switch (schema)
        {
            case RecordSchema record:
                node.Names = [.. record.Fields.Select(field => Encoding.UTF8.GetBytes(field.Name))];
                node.Children = [.. record.Fields.Select(field => Node(field.Schema))];
                break;
            case EnumSchema symbols:
                node.Names = [.. symbols.Symbols.Select(Encoding.UTF8.GetBytes)];
                break;
            case ArraySchema array:
                node.Children = [Node(array.ItemSchema)];
                break;
            case MapSchema map:
                node.Children = [Node(map.ValueSchema)];
                break;
            case UnionSchema union:
                node.Children = [.. union.Schemas.Select(Node)];
                break;
            case FixedSchema fixedSize:
                node.Size = fixedSize.Size;
                break;
        }

        return node;
    }

    /// <summary>A node of its own: the base type may stand elsewhere with another meaning.</summary>
    private static AvroNode Logical(LogicalSchema schema)
    {
        bool isFixed = schema.BaseSchema is FixedSchema;
        string? scale = schema.LogicalTypeName == "decimal" ? schema.GetProperty("scale") ?? "0" : null;
        return new(KindOf(schema.BaseSchema.Tag))
        {
            Size = isFixed ? ((FixedSchema)schema.BaseSchema).Size : 0,
            Scale = scale is null ? -1 : int.Parse(scale, CultureInfo.InvariantCulture),
            Unit = schema.LogicalTypeName switch
            {
                "timestamp-millis" or "local-timestamp-millis" => TimeUnit.Milliseconds,
                "timestamp-micros" or "local-timestamp-micros" => TimeUnit.Microseconds,
                "timestamp-nanos" or "local-timestamp-nanos" => TimeUnit.Nanoseconds,
                _ => TimeUnit.Auto,
            },
        };
    }

    private static AvroKind KindOf(Schema.Type type) => type switch
    {
        Schema.Type.Null => AvroKind.Null,
        Schema.Type.Boolean => AvroKind.Boolean,
        Schema.Type.Int or Schema.Type.Long => AvroKind.Long,
        Schema.Type.Float => AvroKind.Float,
        Schema.Type.Double => AvroKind.Double,
        Schema.Type.Bytes => AvroKind.Bytes,
        Schema.Type.String => AvroKind.String,
        Schema.Type.Fixed => AvroKind.Fixed,
        Schema.Type.Enumeration => AvroKind.Enum,
        Schema.Type.Record or Schema.Type.Error => AvroKind.Record,
        Schema.Type.Array => AvroKind.Array,
        Schema.Type.Map => AvroKind.Map,
        Schema.Type.Union => AvroKind.Union,
        _ => throw new SchemaException($"the Avro type {type} is unknown"),
    };
}

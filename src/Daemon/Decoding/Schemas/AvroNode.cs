using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Decoding.Schemas;

/// <summary>How a value of an Avro schema is encoded.</summary>
internal enum AvroKind : byte
{
    Null,
    Boolean,

    /// <summary>An int or a long: both are zigzag varints.</summary>
    Long,
    Float,
    Double,
    Bytes,
    String,
    Fixed,
    Enum,
    Record,
    Array,
    Map,
    Union,
}

/// <summary>A node of an Avro schema, as a reader needs it. Recursive schemas lead back to a node. Immutable once
/// compiled.</summary>
internal sealed class AvroNode(AvroKind kind)
{
    public AvroKind Kind => kind;

    /// <summary>Types of a record's fields, a union's branches; the one type of an array's or map's elements.</summary>
    public AvroNode[] Children { get; set; } = [];

    /// <summary>Names of a record's fields or an enum's symbols, UTF-8.</summary>
    public byte[][] Names { get; set; } = [];

    /// <summary>Bytes of a fixed.</summary>
    public int Size { get; set; }

    /// <summary>Unit of a logical type that is a time; else auto.</summary>
    public TimeUnit Unit { get; set; }

    /// <summary>Digits after the point of the logical type decimal; -1 for what is none.</summary>
    public int Scale { get; set; } = -1;
}

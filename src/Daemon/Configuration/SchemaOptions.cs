using System.ComponentModel.DataAnnotations;

namespace Streaming.Daemon.Configuration;

/// <summary>How a record names its schema.</summary>
internal enum SchemaFraming
{
    /// <summary>As Confluent's serializers do: before the payload, or in a header.</summary>
    Confluent,

    /// <summary>Not at all: the value is the payload.</summary>
    None,
}

/// <summary>Schemas of Avro and Protobuf records.</summary>
internal sealed record SchemaOptions
{
    /// <summary>File of the schema of all records: .avsc or .proto. Default none.</summary>
    [MinLength(1)]
    public string? File { get; init; }

    /// <summary>Full name of the Protobuf message that all records are. Default: the one a record names, else the
    /// file's first.</summary>
    [MinLength(1)]
    public string? Message { get; init; }

    /// <summary>How a record names its schema. Default confluent.</summary>
    public SchemaFraming Framing { get; init; } = SchemaFraming.Confluent;
}

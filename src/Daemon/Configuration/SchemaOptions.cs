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
internal sealed record SchemaOptions : IValidatableObject
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

    /// <summary>Schema registry to ask for the schemas that records name, in the place of a file; http or https. Default
    /// none.</summary>
    public string? RegistryUrl { get; init; }

    /// <summary>User of the registry. Default none.</summary>
    public string? RegistryUser { get; init; }

    /// <summary>Password of that user; never shown. Default none.</summary>
    public string? RegistryPassword { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (RegistryUrl is null)
        {
            yield break;
        }

        bool isAddress = Uri.TryCreate(RegistryUrl, UriKind.Absolute, out Uri? address)
            && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);
        if (!isAddress || address!.UserInfo.Length > 0 || address.Query.Length > 0)
        {
            yield return new(
                "must be http(s)://host:port without user or password; those are RegistryUser and RegistryPassword",
                [nameof(RegistryUrl)]);
        }

        if (File is not null)
        {
            yield return new("schemas come from File or from RegistryUrl, not from both", [nameof(RegistryUrl)]);
        }

        if (Framing == SchemaFraming.None)
        {
            yield return new("must be confluent: only so does a record name its schema", [nameof(Framing)]);
        }
    }
}

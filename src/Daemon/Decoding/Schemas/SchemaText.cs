namespace Streaming.Daemon.Decoding.Schemas;

/// <summary>A schema as a registry holds it.</summary>
/// <param name="Type">AVRO, PROTOBUF or JSON.</param>
/// <param name="Text">The schema.</param>
/// <param name="References">Schemas it refers to, by the names it knows them by; those they refer to come
/// first.</param>
internal sealed record SchemaText(string Type, string Text, IReadOnlyList<KeyValuePair<string, string>> References);

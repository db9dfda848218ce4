namespace Streaming.Daemon.Decoding.Schemas;

/// <summary>The schema of a file, which all records have, whatever ids they name.</summary>
internal sealed class OneSchema<T>(T schema) : ISchemas<T>
    where T : class
{
    public T Find(SchemaId id) => schema;
}

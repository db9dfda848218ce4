namespace Streaming.Daemon.Decoding.Schemas;

/// <summary>Schemas by their ids, compiled.</summary>
/// <typeparam name="T">A compiled schema.</typeparam>
internal interface ISchemas<out T>
    where T : class
{
    /// <summary>The schema of an id; null if there is none, or none that can be used.</summary>
    T? Find(SchemaId id);
}

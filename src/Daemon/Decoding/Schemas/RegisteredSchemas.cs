namespace Streaming.Daemon.Decoding.Schemas;

/// <summary>Schemas of a registry, each fetched when the first record names it.</summary>
/// <remarks>
/// While the registry is away, finding a schema waits: a record is not refused for that. An id that the registry does
/// not know is refused, and asked for again after a minute, for a registry may lag behind producers. Past 1,024 ids all
/// are forgotten. Not thread-safe: one per lane.
/// </remarks>
/// <typeparam name="T">A compiled schema.</typeparam>
/// <param name="registry">The registry.</param>
/// <param name="type">Type of schema: AVRO or PROTOBUF.</param>
/// <param name="compile">Compiles a schema, or throws <see cref="SchemaException"/>.</param>
/// <param name="events">Waits while there is no answer. Null: finding throws
/// <see cref="RegistryAwayException"/>.</param>
/// <param name="clock">Says when an unknown id is asked for again.</param>
internal sealed class RegisteredSchemas<T>(
    SchemaRegistry registry, string type, Func<SchemaText, T> compile, RegistryEvents? events, TimeProvider clock)
    : ISchemas<T>
    where T : class
{
    private const int MaxSchemas = 1_024;

    private static readonly TimeSpan UnknownFor = TimeSpan.FromMinutes(1);

    private readonly Dictionary<SchemaId, (T? Schema, long FetchedAt)> known = [];

    /// <inheritdoc/>
    public T? Find(SchemaId id)
    {
        if (known.TryGetValue(id, out (T? Schema, long FetchedAt) found)
            && (found.Schema is not null || clock.GetElapsedTime(found.FetchedAt) < UnknownFor))
        {
            return found.Schema;
        }

        T? schema = Fetch(id);
        if (known.Count >= MaxSchemas)
        {
            known.Clear();
        }

        known[id] = (schema, clock.GetTimestamp());
        return schema;
    }

    private T? Fetch(SchemaId id)
    {
        try
        {
            return Ask(id) is not { } text ? throw new SchemaException("the registry does not know it")
                : text.Type != type ? throw new SchemaException($"it is of type {text.Type}, not {type}")
                : compile(text);
        }
        catch (Exception e) when (e is not (OutOfMemoryException or RegistryAwayException or OperationCanceledException
            or Kafka.KafkaPortException))
        {
            events?.Unusable(id, e.Message); // what the libraries throw for a schema is no reason to end the lane
            return null;
        }
    }

    /// <summary>Asks until there is an answer.</summary>
    private SchemaText? Ask(SchemaId id)
    {
        bool wasAway = false;
        while (true)
        {
            try
            {
                SchemaText? text = registry.Fetch(id);
                if (wasAway)
                {
                    events?.Back();
                }

                return text;
            }
            catch (RegistryAwayException e) when (events is not null)
            {
                wasAway = true;
                events.Away(e.Message);
            }
        }
    }
}

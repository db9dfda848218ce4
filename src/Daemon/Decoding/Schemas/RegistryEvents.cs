namespace Streaming.Daemon.Decoding.Schemas;

/// <summary>Who is told how it goes with a schema registry.</summary>
/// <param name="Away">Told why there is no answer; returns when it is time to ask again.</param>
/// <param name="Back">There is an answer again.</param>
/// <param name="Unusable">Told which schema can't be used, and why: its records are refused.</param>
internal sealed record RegistryEvents(Action<string> Away, Action Back, Action<SchemaId, string> Unusable);

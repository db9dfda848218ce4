namespace Streaming.Daemon.Kafka;

/// <summary>A topic to produce to, known to the port that gave it.</summary>
/// <param name="Topic">Name of the topic.</param>
/// <param name="Index">The port's own number for it, from 0.</param>
internal sealed record ProduceTarget(string Topic, int Index);

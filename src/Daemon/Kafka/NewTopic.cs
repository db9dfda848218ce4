namespace Streaming.Daemon.Kafka;

/// <summary>A topic to be made.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Partitions">Number of partitions.</param>
/// <param name="Settings">Its settings; all others are the brokers' own.</param>
internal sealed record NewTopic(string Name, int Partitions, IReadOnlyDictionary<string, string> Settings);

namespace Streaming.Daemon.Kafka;

/// <summary>The topics don't fit together; the message says what to do. Waiting would not help.</summary>
internal sealed class KafkaSetupException(string message) : Exception(message);

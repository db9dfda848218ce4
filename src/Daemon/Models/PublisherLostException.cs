namespace Streaming.Daemon.Models;

/// <summary>This process can't publish versions as it does now: another one has taken over, or Kafka refuses. What was
/// being published is in the topic whole, or not at all: a new publisher that reads it to its end sees which.</summary>
internal sealed class PublisherLostException(string message, bool isFenced, Exception cause) : Exception(message, cause)
{
    /// <summary>Another process has taken over.</summary>
    public bool IsFenced { get; } = isFenced;
}

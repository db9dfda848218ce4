using Confluent.Kafka;

namespace Streaming.Daemon.Kafka;

/// <summary>Kafka refused, or something was lost; transient trouble is never thrown.</summary>
internal sealed class KafkaPortException(ErrorCode code, string message, bool retriable = false, bool fatal = false, bool abortable = false)
    : Exception(message)
{
    /// <summary>Kafka's own code.</summary>
    public ErrorCode Code { get; } = code;

    /// <summary>The same call may succeed later.</summary>
    public bool Retriable { get; } = retriable;

    /// <summary>The open transaction can only be aborted; then the port works on.</summary>
    public bool Abortable { get; } = abortable;

    /// <summary>The port can't be used any more: dispose it and start another.</summary>
    public bool Fatal { get; } = fatal;
}

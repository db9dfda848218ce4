using Confluent.Kafka;
using Streaming.Daemon.Kafka;

namespace Simulation.Port;

/// <summary>The exceptions that ports throw.</summary>
internal static class PortErrors
{
    public static KafkaPortException TimedOut(PortCall call) =>
        new(ErrorCode.Local_TimedOut, $"{call}: timed out", retriable: true);

    public static KafkaPortException Unstable() =>
        new(ErrorCode.UnstableOffsetCommit, "Committed: a transaction is pending", retriable: true);

    public static KafkaPortException Abortable(PortCall call, string reason, ErrorCode code = ErrorCode.Unknown) =>
        new(code, $"{call}: {reason}", abortable: true);

    public static KafkaPortException Fenced(PortCall call) =>
        new(ErrorCode.Local_Fenced, $"{call}: fenced", fatal: true);

    public static KafkaPortException Broken(PortCall call) =>
        new(ErrorCode.Local_Fatal, $"{call}: broken", fatal: true);

    public static KafkaPortException OutOfRange(string topic, int partition, long offset) => new(
        ErrorCode.OffsetOutOfRange, $"Topic '{topic}', partition {partition}: there is no offset {offset}");

    public static KafkaPortException Refused(PortCall call, ErrorCode code) => new(code, $"{call}: refused");
}

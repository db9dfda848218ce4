using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace Streaming.Daemon.Kafka.Native;

/// <summary>One request of librdkafka's admin interface: its options, the queue of its answer, and the answer.</summary>
/// <remarks>Hand <see cref="Options"/> and <see cref="Queue"/> to the call that asks, then take <see cref="Answer"/>, whose
/// parts live until Dispose. Any client can ask.</remarks>
internal unsafe ref struct AdminRequest : IDisposable
{
    /// <summary>librdkafka ends a request at its time-out by itself; this much later we stop believing it.</summary>
    private const int GraceMs = 1_000;

    private readonly int timeoutMs;
    private nint answer;

    /// <param name="client">rd_kafka_t*.</param>
    /// <param name="timeout">How long to wait for the answer.</param>
    public AdminRequest(nint client, TimeSpan timeout)
    {
        timeoutMs = (int)Math.Max(1, timeout.TotalMilliseconds);
        Queue = LibRdKafka.rd_kafka_queue_new(client);
        Options = LibRdKafka.rd_kafka_AdminOptions_new(client, LibRdKafka.AnyAdminRequest);
        _ = LibRdKafka.rd_kafka_AdminOptions_set_request_timeout(Options, timeoutMs, null, 0);
    }

    /// <summary>rd_kafka_AdminOptions_t*.</summary>
    public nint Options { get; }

    /// <summary>rd_kafka_queue_t*.</summary>
    public nint Queue { get; }

    /// <summary>Waits for the answer, rd_kafka_event_t*.</summary>
    /// <param name="what">What was asked, for the error.</param>
    /// <exception cref="KafkaPortException">No answer in time, or the whole request was refused.</exception>
    public nint Answer(string what)
    {
        answer = LibRdKafka.rd_kafka_queue_poll(Queue, timeoutMs + GraceMs);
        ErrorCode code = answer == 0
            ? ErrorCode.Local_TimedOut
            : (ErrorCode)LibRdKafka.rd_kafka_event_error(answer);
        if (code != ErrorCode.NoError)
        {
            string? text = answer == 0
                ? "no answer"
                : Marshal.PtrToStringUTF8(LibRdKafka.rd_kafka_event_error_string(answer));
            throw new KafkaPortException(code, $"{what}: {text}", retriable: RetriableErrors.Contain(code));
        }

        return answer;
    }

    public void Dispose()
    {
        if (answer != 0)
        {
            LibRdKafka.rd_kafka_event_destroy(answer);
        }

        LibRdKafka.rd_kafka_AdminOptions_destroy(Options);
        LibRdKafka.rd_kafka_queue_destroy(Queue);
    }
}

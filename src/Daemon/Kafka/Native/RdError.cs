using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace Streaming.Daemon.Kafka.Native;

/// <summary>What an error object of librdkafka said; no error by default.</summary>
/// <param name="Code">Kafka's code.</param>
/// <param name="Text">What went wrong, in words.</param>
internal readonly record struct RdError(ErrorCode Code, string Text)
{
    /// <summary>The same call may be made again.</summary>
    public bool IsRetriable { get; private init; }

    /// <summary>The client is done for.</summary>
    public bool IsFatal { get; private init; }

    /// <summary>The open transaction can only be aborted.</summary>
    public bool RequiresAbort { get; private init; }

    /// <summary>Reads and destroys an error object; 0 is no error.</summary>
    public static RdError Take(nint error)
    {
        if (error == 0)
        {
            return new(ErrorCode.NoError, "");
        }

        var taken = new RdError(
            (ErrorCode)LibRdKafka.rd_kafka_error_code(error),
            Marshal.PtrToStringUTF8(LibRdKafka.rd_kafka_error_string(error)) ?? "")
        {
            IsRetriable = LibRdKafka.rd_kafka_error_is_retriable(error) != 0,
            IsFatal = LibRdKafka.rd_kafka_error_is_fatal(error) != 0,
            RequiresAbort = LibRdKafka.rd_kafka_error_txn_requires_abort(error) != 0,
        };
        LibRdKafka.rd_kafka_error_destroy(error);
        return taken;
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace Streaming.Daemon.Kafka.Native;

/// <summary>A librdkafka client: its handle, its properties, its errors and its log.</summary>
/// <remarks>Errors arrive on the thread that polls the client, log lines on any.</remarks>
internal sealed unsafe partial class RdClient : IDisposable
{
    private const int ErrorBytes = 512;

    private readonly ILogger logger;
    private readonly Action<ErrorCode, string> onError;
    private GCHandle selfHandle;

    /// <param name="type"><see cref="LibRdKafka.Consumer"/> or <see cref="LibRdKafka.Producer"/>.</param>
    /// <param name="properties">librdkafka's properties.</param>
    /// <param name="logger">Receives librdkafka's log.</param>
    /// <param name="onError">Told of broker trouble, on the polling thread.</param>
    /// <param name="owner">Found again by <see cref="Owner"/> in further callbacks.</param>
    /// <param name="callbacks">Sets further callbacks on the configuration handle.</param>
    /// <exception cref="KafkaPortException">A property is unknown or its value is refused.</exception>
    public RdClient(
        int type, IReadOnlyDictionary<string, string> properties, ILogger logger, Action<ErrorCode, string> onError,
        object owner, Action<nint> callbacks)
    {
        this.logger = logger;
        this.onError = onError;
        Owner = owner;
        selfHandle = GCHandle.Alloc(this);
        byte* error = stackalloc byte[ErrorBytes];
        nint conf = LibRdKafka.rd_kafka_conf_new();
        try
        {
            foreach ((string name, string value) in properties)
            {
                if (LibRdKafka.rd_kafka_conf_set(conf, name, value, error, ErrorBytes) != 0)
                {
                    throw Refused(error);
                }
            }

            LibRdKafka.rd_kafka_conf_set_opaque(conf, GCHandle.ToIntPtr(selfHandle));
            LibRdKafka.rd_kafka_conf_set_error_cb(conf, &HandleError);
            LibRdKafka.rd_kafka_conf_set_log_cb(conf, &HandleLog);
            callbacks(conf);
            Handle = LibRdKafka.rd_kafka_new(type, conf, error, ErrorBytes);
            if (Handle == 0)
            {
                throw Refused(error);
            }
        }
        catch
        {
            LibRdKafka.rd_kafka_conf_destroy(conf);
            selfHandle.Free();
            throw;
        }
    }

    /// <summary>rd_kafka_t*.</summary>
    public nint Handle { get; private set; }

    private object Owner { get; }

    /// <summary>The owner given to the client whose callback carries this opaque.</summary>
    public static T OwnerOf<T>(nint opaque) => (T)((RdClient)GCHandle.FromIntPtr(opaque).Target!).Owner;

    /// <exception cref="KafkaPortException">The client is fatally broken.</exception>
    public void ThrowIfFatal()
    {
        byte* text = stackalloc byte[ErrorBytes];
        var code = (ErrorCode)LibRdKafka.rd_kafka_fatal_error(Handle, text, ErrorBytes);
        if (code != ErrorCode.NoError)
        {
            throw new KafkaPortException(code, Text(text), fatal: true);
        }
    }

    /// <summary>Ends the client without leaving its group; what was not sent is dropped.</summary>
    public void Dispose()
    {
        if (Handle == 0)
        {
            return;
        }

        LibRdKafka.rd_kafka_destroy_flags(Handle, LibRdKafka.DestroyWithoutLeaving);
        Handle = 0;
        selfHandle.Free();
    }

    private static KafkaPortException Refused(byte* error) =>
        new(ErrorCode.Local_InvalidArg, Text(error), fatal: true);

    private static string Text(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void HandleError(nint client, int code, byte* reason, nint opaque)
    {
        var self = (RdClient)GCHandle.FromIntPtr(opaque).Target!;
        self.onError((ErrorCode)code, Text(reason));
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void HandleLog(nint client, int level, byte* facility, byte* line)
    {
        var self = (RdClient)GCHandle.FromIntPtr(LibRdKafka.rd_kafka_opaque(client)).Target!;
        LogLevel to = level switch
        {
            <= 3 => LogLevel.Error,
            4 => LogLevel.Warning,
            5 or 6 => LogLevel.Information,
            _ => LogLevel.Debug,
        };
        if (self.logger.IsEnabled(to))
        {
            string from = Text(facility), text = Text(line);
            LogLine(self.logger, to, from, text);
        }
    }

    [LoggerMessage(EventId = 100, Message = "librdkafka {Facility}: {Line}")]
    private static partial void LogLine(ILogger logger, LogLevel level, string facility, string line);
}

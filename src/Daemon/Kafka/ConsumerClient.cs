using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Confluent.Kafka;
using Streaming.Daemon.Kafka.Native;

namespace Streaming.Daemon.Kafka;

/// <summary>A consumer's librdkafka client: its topic, its errors, and what its callbacks noted.</summary>
/// <remarks>Callbacks run inside native calls on the lane's thread; they only note, here. Lane's thread only.</remarks>
internal sealed unsafe class ConsumerClient : IDisposable
{
    private readonly RdClient client;
    private readonly Action<ErrorCode, string> onError;

    /// <exception cref="KafkaPortException">A property is unknown or its value is refused.</exception>
    public ConsumerClient(
        IReadOnlyDictionary<string, string> properties, ILogger logger, Action<ErrorCode, string> onError)
    {
        this.onError = onError;
        client = new RdClient(
            LibRdKafka.Consumer, properties, logger, onError, this,
            conf => LibRdKafka.rd_kafka_conf_set_rebalance_cb(conf, &HandleRebalance));
        _ = LibRdKafka.rd_kafka_poll_set_consumer(client.Handle);
    }

    /// <summary>rd_kafka_t*; 0 once disposed.</summary>
    public nint Handle => client.Handle;

    /// <summary>The topic subscribed to; empty before.</summary>
    public string Topic { get; set; } = "";

    /// <summary>Rebalances announced and not answered yet, oldest first.</summary>
    public Queue<Rebalance> Rebalances { get; } = new();

    /// <summary>Number and outcome of the commit answered last.</summary>
    public (nint Number, ErrorCode Code) LastCommit { get; set; }

    /// <summary>Reports trouble that fails no call.</summary>
    public void Report(ErrorCode code, string text) => onError(code, text);

    /// <exception cref="KafkaPortException">The client is fatally broken.</exception>
    public void ThrowIfFatal() => client.ThrowIfFatal();

    /// <param name="code">What librdkafka returned.</param>
    /// <param name="what">Name of the call.</param>
    /// <exception cref="KafkaPortException">The code is an error.</exception>
    public void Check(int code, string what) => Check((ErrorCode)code, $"{what}: {LibRdKafka.Describe(code)}");

    /// <exception cref="KafkaPortException">The code is an error.</exception>
    public void Check(ErrorCode code, string text)
    {
        if (code != ErrorCode.NoError)
        {
            client.ThrowIfFatal();
            throw new KafkaPortException(code, $"Topic '{Topic}', {text}", retriable: RetriableErrors.Contain(code));
        }
    }

    /// <summary>Ends the client without leaving its group.</summary>
    public void Dispose() => client.Dispose();

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void HandleRebalance(nint client, int code, RdPartitionList* list, nint opaque)
    {
        var rebalance = Rebalance.Of(client, code, list);
        RdClient.OwnerOf<ConsumerClient>(opaque).Rebalances.Enqueue(rebalance);
    }
}

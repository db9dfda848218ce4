using Streaming.Daemon.Kafka;
using Streaming.Daemon.Pipeline;
using Streaming.Daemon.Serving;

namespace Daemon.Tests.Pipeline;

public sealed class OutboxTests : IDisposable
{
    private readonly CancellationTokenSource abandon = new();
    private readonly MemoryBroker broker = new(1);
    private readonly MemoryPort port;
    private readonly Outbox outbox;

    public OutboxTests()
    {
        port = new MemoryPort(broker);
        outbox = new Outbox(port, new HealthState(TimeProvider.System).Lane(0), abandon.Token);
    }

    [Fact]
    public void Send_FullQueue_WaitsUntilThereIsRoomAndSendsOnce()
    {
        int refused = 0;
        port.Fault = call => call == PortCall.Produce && refused++ < 5 ? PortFault.Slow : PortFault.None;

        Send();
        port.Flush(TimeSpan.Zero);

        Assert.Equal("v", Assert.Single(broker.Output).Text);
    }

    [Fact]
    public void Send_FullQueueAndAbandoned_Ends()
    {
        port.QueueLimit = 0;
        abandon.Cancel();

        Assert.Throws<OperationCanceledException>(Send);
    }

    [Fact]
    public void Send_RoomAndAbandoned_Sends()
    {
        abandon.Cancel();

        Send();

        Assert.Equal(1, port.InFlight);
    }

    [Fact]
    public void Send_LossWhileWaiting_Throws()
    {
        Send();
        port.QueueLimit = 1;
        port.Fault = call => call == PortCall.Flush ? PortFault.Lost : PortFault.None;

        Assert.Throws<KafkaPortException>(Send);
    }

    public void Dispose() => abandon.Dispose();

    private void Send() => outbox.Send(0, outbox.Target("forecasts"), 0, "k"u8, "v"u8, null, 1);
}

using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Pipeline;
using Streaming.Daemon.Pipeline.Repartition;
using Streaming.Daemon.Serving;

namespace Daemon.Tests.Pipeline.Repartition;

/// <summary>One repartitioning lane over a <see cref="MemoryBroker"/>, with a clock that stands still unless
/// told.</summary>
internal sealed class RepartitionPod : IDisposable
{
    private static readonly TimeSpan MoreThanCommitInterval = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource stopping = new();
    private readonly RepartitionLane lane;

    public RepartitionPod(MemoryBroker broker, ForecasterOptions options, int partitions)
    {
        Broker = broker;
        Port = new MemoryPort(broker);
        Health = new HealthState(Clock);
        var instruments = new RepartitionInstruments(options, Metrics, Health.Lane(0), Metrics.Lane(0));
        lane = new(
            options, new(broker.Partitions, partitions, partitions), Port, Metrics, instruments, new ProcessLife(), Clock,
            NullLogger<RepartitionLane>.Instance, CancellationToken.None);
    }

    public MemoryBroker Broker { get; }

    public MemoryPort Port { get; }

    public FakeTimeProvider Clock { get; } = new(new(Pod.Start));

    public ForecasterMetrics Metrics { get; } = new();

    public HealthState Health { get; }

    /// <summary>Options of a deployment that repartitions.</summary>
    public static ForecasterOptions Options(int gatherRecords = 2_048)
    {
        ForecasterOptions options = Pod.SmallOptions(gatherRecords);
        return options with { Input = options.Input with { Repartition = RepartitionMode.On } };
    }

    /// <summary>The repartition topic, as a broker's input: what was acknowledged so far.</summary>
    public static MemoryBroker TopicOf(MemoryBroker broker, int partitions)
    {
        var topic = new MemoryBroker(partitions);
        foreach (OutputMessage message in broker.Repartitioned)
        {
            topic.Logs[message.Partition].Add(
                new(topic.End(message.Partition), message.TimestampMs, message.Key, message.Value));
        }

        return topic;
    }

    public void Stop() => stopping.Cancel();

    /// <summary>Makes the next turn of the loop commit.</summary>
    public void DueCommit() => Clock.Advance(MoreThanCommitInterval);

    public void Dispose() => stopping.Dispose();

    /// <summary>Runs until stopped by a script that is called at each Poll with its number, from 0.</summary>
    public void Run(Action<int> script)
    {
        int poll = 0;
        Port.Polling = () => script(poll++);
        lane.Run(stopping.Token);
    }

    /// <summary>Holds all partitions and commits at every turn until the logs are processed; stops cleanly.</summary>
    public void RunToEnd(Action<int>? also = null) => Run(poll =>
    {
        if (poll == 0)
        {
            Port.Assign([.. Enumerable.Range(0, Broker.Partitions)]);
        }
        else if (Port.IsAtEnd)
        {
            Stop();
        }

        DueCommit();
        also?.Invoke(poll);
    });
}

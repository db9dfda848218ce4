using Simulation.Log;
using Simulation.Port;
using Streaming.Contract;
using Streaming.Daemon.Kafka;

namespace Simulation.Tests;

/// <summary>The simulated brokers, calm, for the contract of ports.</summary>
internal sealed class SimulatedBed : IContractBed
{
    private readonly SimulatedCluster cluster = new();
    private readonly List<SimulatedPort> ports = [];
    private int topics;

    public string CreateTopic(int partitions) => cluster.AddTopic($"topic-{++topics}", partitions).Name;

    public IKafkaPort Open(PortIdentity identity)
    {
        string name = $"{identity.Application}-{identity.Instance}";
        ports.Add(new SimulatedPort(cluster, new ClientIdentity(name, identity.IsStatic ? name : null)
        {
            Group = identity.Application,
            TransactionTimeoutMs = (long)identity.TransactionTimeout.TotalMilliseconds,
            MaxPollMs = identity.MustPoll ? 6_500 : long.MaxValue,
        }));
        return ports[^1];
    }

    public void Cut(string topic, int partition, long first) => cluster[topic][partition].DeleteBelow(first);

    public IDisposable? Stall() => new Stalled(cluster);

    public void Dispose() => ports.ForEach(port => port.Dispose());

    /// <summary>No broker answers.</summary>
    private sealed class Stalled : IFate, IDisposable
    {
        private readonly SimulatedCluster cluster;

        public Stalled(SimulatedCluster cluster) => (this.cluster, cluster.Fate) = (cluster, this);

        public PortFault At(SimulatedPort port, PortCall call) => PortFault.Retriable;

        public bool Delays() => true;

        public long MarkDelayMs() => 0;

        public int Amount(int most) => most;

        public void Dispose() => cluster.Fate = CalmFate.Instance;
    }
}

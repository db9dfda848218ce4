using Streaming.Daemon.Kafka;

namespace Streaming.Contract;

/// <summary>The brokers that a test of the contract runs on, real or simulated.</summary>
/// <remarks>Dispose ends the ports it opened. Calls that wait let time pass; a simulated clock moves there.</remarks>
internal interface IContractBed : IDisposable
{
    /// <summary>Creates a topic, of which nothing is cleaned up by itself.</summary>
    /// <returns>Its name, new each time.</returns>
    string CreateTopic(int partitions);

    /// <summary>Opens a port.</summary>
    IKafkaPort Open(PortIdentity identity);

    /// <summary>Makes an offset the first one kept of a partition.</summary>
    void Cut(string topic, int partition, long first);

    /// <summary>Keeps all answers of the brokers back until disposed; null where that can't be done.</summary>
    IDisposable? Stall();
}

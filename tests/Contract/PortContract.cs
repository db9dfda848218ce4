using System.Diagnostics;
using System.Text;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;

namespace Streaming.Contract;

/// <summary>What <see cref="IKafkaPort"/> and <see cref="ILogReader"/> promise, on any brokers.</summary>
/// <remarks>
/// A test project links this folder, derives a class from each contract that gives the bed, and says with its own
/// TransactionFact and TransactionTheory attributes (namespace Streaming.Contract) when its bed has no transactions to
/// show.
/// </remarks>
public abstract class PortContract : IDisposable
{
    /// <summary>Longest wait for something that must happen; reached only by a failing test.</summary>
    private protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Lazy<IContractBed> bed;

    protected PortContract() => bed = new(OpenBed);

    /// <summary>The group of this test; no other has it.</summary>
    private protected string Application { get; } = $"contract-{Guid.NewGuid():N}";

    private protected IContractBed Bed => bed.Value;

    public void Dispose()
    {
        if (bed.IsValueCreated)
        {
            bed.Value.Dispose();
        }

        GC.SuppressFinalize(this);
    }

    private protected abstract IContractBed OpenBed();

    /// <summary>An exactly-once port, ready to begin.</summary>
    private protected IKafkaPort Open(string instance) => Open(new PortIdentity(Application, instance));

    private protected IKafkaPort Open(PortIdentity identity)
    {
        IKafkaPort port = Bed.Open(identity);
        if (identity.Delivery == DeliveryMode.ExactlyOnce)
        {
            Again(() => port.InitTransactions(Patience));
        }

        return port;
    }

    /// <summary>A port of a group of its own, for producing without transactions and for looking on.</summary>
    private protected IKafkaPort OpenOutsider() => Open(
        new PortIdentity($"{Application}-outsider-{Guid.NewGuid():N}", "outsider")
        {
            Delivery = DeliveryMode.AtLeastOnce,
        });

    private protected static void Produce(IKafkaPort port, string topic, int partition, params string[] values)
    {
        ProduceTarget target = port.Target(topic);
        foreach (string value in values)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(value);
            Until(
                () => port.TryProduce(target, partition, bytes, bytes, null, timestampMs: 1),
                () => port.Flush(TimeSpan.FromMilliseconds(10)));
        }
    }

    /// <summary>Numbers as text, produced without a transaction and acknowledged.</summary>
    private protected static void Write(IKafkaPort port, string topic, int partition, int count, int from = 0)
    {
        Produce(port, topic, partition, [.. Enumerable.Range(from, count).Select(i => $"{i}")]);
        Flush(port);
    }

    private protected static void Flush(IKafkaPort port) => Assert.True(port.Flush(Patience));

    private protected static void Commit(IKafkaPort port) => Again(() => port.CommitTransaction(Patience));

    private protected static void Abort(IKafkaPort port) => Again(() => port.AbortTransaction(Patience));

    /// <summary>Makes a call until it does not fail in passing.</summary>
    private protected static void Again(Action call)
    {
        bool done = false;
        Until(() => done, () =>
        {
            try
            {
                call();
                done = true;
            }
            catch (KafkaPortException exception) when (exception.Retriable)
            {
            }
        });
    }

    /// <summary>Repeats until the condition holds; fails the test when patience ends.</summary>
    private protected static void Until(Func<bool> condition, Action repeat)
    {
        long start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < Patience, "Waited in vain.");
            repeat();
        }
    }

    /// <summary>The places that a port's group has committed, once they are certain.</summary>
    private protected static PartitionOffset?[] Committed(IKafkaPort port, params int[] partitions)
    {
        PartitionOffset?[] places = [];
        Again(() => places = port.Committed(partitions, TimeSpan.FromSeconds(5)));
        return places;
    }
}

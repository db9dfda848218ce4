using System.Text;
using Streaming.Daemon.Kafka;

namespace Streaming.Contract;

/// <summary>Copies a topic to another, partition by partition: everything in transactions, which it ends at every third
/// batch of records and when partitions go.</summary>
/// <remarks>It starts where the group stands, so the group must have committed something before.</remarks>
internal sealed class ContractCopier
{
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(20);

    private readonly ProduceTarget output;
    private readonly Dictionary<int, long> next = [];
    private int taken;
    private int batches;
    private bool isOpen;
    private bool hasSentOffsets;
    private bool mustGoBack;

    /// <param name="port">Initialized; its owner disposes it.</param>
    /// <param name="name">Begins its lines of the log.</param>
    /// <param name="log">Of several members, in order.</param>
    /// <param name="input">Topic to read.</param>
    /// <param name="output">Topic with as many partitions.</param>
    public ContractCopier(IKafkaPort port, string name, List<string> log, string input, string output)
    {
        this.output = port.Target(output);
        Member = new ContractMember(port, name, log)
        {
            StartOf = _ => StartOffset.Committed,
            Revoking = _ => Commit(),
            Losing = _ => Abort(),
        };
        Member.Join(input);
    }

    public ContractMember Member { get; }

    /// <summary>Transactions it had to abort.</summary>
    public int Aborts { get; private set; }

    public void Poll()
    {
        if (mustGoBack)
        {
            GoBack();
        }

        Member.Poll();
        foreach ((int partition, long offset, string value) in Member.Records.Skip(taken))
        {
            Begin();
            byte[] bytes = Encoding.UTF8.GetBytes(value);
            while (!Member.Port.TryProduce(output, partition, bytes, bytes, null, timestampMs: 1))
            {
                Member.Port.Flush(TimeSpan.FromMilliseconds(5));
            }

            next[partition] = offset + 1;
        }

        bool isDue = Member.Records.Count > taken && ++batches % 3 == 0;
        taken = Member.Records.Count;
        if (isDue)
        {
            Commit();
        }
    }

    /// <summary>Commits what is open; false when it had to be aborted.</summary>
    public bool Commit()
    {
        if (!isOpen)
        {
            return true;
        }

        try
        {
            SendOffsets();
            Again(() => Member.Port.CommitTransaction(patience));
            isOpen = false;
            next.Clear();
            return true;
        }
        catch (KafkaPortException exception) when (exception.Abortable)
        {
            Abort();
            return false;
        }
    }

    /// <summary>Sends the offsets of what is open, once.</summary>
    public void SendOffsets()
    {
        if (!hasSentOffsets)
        {
            Again(() => Member.Port.SendOffsets(
                [.. next.Select(place => new PartitionOffset(place.Key, place.Value))], patience));
            hasSentOffsets = true;
        }
    }

    private void Begin()
    {
        if (!isOpen)
        {
            Member.Port.BeginTransaction();
            (isOpen, hasSentOffsets) = (true, false);
        }
    }

    private void Abort()
    {
        if (isOpen)
        {
            Again(() => Member.Port.AbortTransaction(patience));
            (isOpen, mustGoBack, Aborts) = (false, true, Aborts + 1);
            next.Clear();
        }
    }

    /// <summary>What was aborted is read again.</summary>
    private void GoBack()
    {
        int[] held = [.. Member.Held];
        PartitionOffset?[] places = [];
        Again(() => places = Member.Port.Committed(held, patience));
        for (int i = 0; i < held.Length; i++)
        {
            Member.Port.Seek(held[i], places[i]?.Offset ?? 0);
        }

        mustGoBack = false;
    }

    private static void Again(Action call)
    {
        long deadline = Environment.TickCount64 + 60_000;
        while (true)
        {
            try
            {
                call();
                return;
            }
            catch (KafkaPortException exception) when (exception.Retriable && Environment.TickCount64 < deadline)
            {
            }
        }
    }
}

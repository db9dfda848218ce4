using Simulation.Log;

namespace Simulation.Schedules;

/// <summary>Writes a schedule's input, step by step: records, some of them in transactions that may be aborted, and
/// gaps.</summary>
/// <remarks>What it writes is a function of the seed alone, however its steps are spread over time, so that the
/// reference run gets the same log.</remarks>
internal sealed class InputFeed(SimulatedCluster cluster, IScenario scenario)
{
    private const int LeastRecords = 300;

    private readonly SeededRandom random = new(0);
    private readonly int[] producers = new int[Partitions.Most];
    private readonly bool[] isOpen = new bool[Partitions.Most];
    private SimulatedTopic? topic;
    private int left;

    /// <summary>Records written so far.</summary>
    public int Written { get; private set; }

    public bool IsDone { get; private set; }

    /// <summary>Whether a transaction of the input was aborted.</summary>
    public bool HasAborted { get; private set; }

    public void Reset(ulong seed)
    {
        random.Reset(seed);
        scenario.Reset(seed);
        topic = cluster[scenario.InputTopic];
        for (int i = 0; i < topic.Partitions; i++)
        {
            producers[i] = cluster.Transactions.Find($"input-{i}").Producer;
            isOpen[i] = false;
        }

        left = LeastRecords + random.Below(60);
        (IsDone, HasAborted, Written) = (false, false, 0);
    }

    /// <summary>Writes a little more.</summary>
    /// <param name="partitions">Partitions of the input when the schedule began.</param>
    public void Step(int partitions)
    {
        if (left == 0)
        {
            Finish(partitions);
            return;
        }

        PartitionLog log = topic![random.Below(partitions)];
        if (isOpen[log.Partition] ? random.OneIn(5) : random.OneIn(40))
        {
            Toggle(log, isCommit: !random.OneIn(3));
        }
        else if (!isOpen[log.Partition] && random.OneIn(50))
        {
            log.Skip(random.Between(1, 4));
        }
        else
        {
            scenario.WriteInput(log, isOpen[log.Partition] ? producers[log.Partition] : null);
            left--;
            Written++;
        }
    }

    private void Toggle(PartitionLog log, bool isCommit)
    {
        if (isOpen[log.Partition])
        {
            log.Mark(producers[log.Partition], 0, isCommit);
            HasAborted |= !isCommit;
        }

        isOpen[log.Partition] = !isOpen[log.Partition];
    }

    private void Finish(int partitions)
    {
        for (int i = 0; i < partitions; i++)
        {
            if (isOpen[i])
            {
                Toggle(topic![i], isCommit: true);
            }
        }

        IsDone = true;
    }
}

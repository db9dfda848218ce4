using Simulation.Log;

namespace Simulation.Schedules;

/// <summary>What happens to a deployment and its brokers between two turns.</summary>
internal sealed class Disturbance(
    SimulatedCluster cluster, IScenario scenario, Deployment deployment, Weather weather, EventCounts events,
    SeededRandom random)
{
    private const int MostVersions = 6;
    private const int Scale = 10_000;

    private readonly LogCleaner cleaner = new();
    private int versions;

    public void Reset() => versions = 0;

    /// <summary>Something may happen.</summary>
    public void Step()
    {
        if (Hits(40 * weather.Rebalance))
        {
            events.Note(RareEvent.Rebalance);
            deployment.Group.Coordinator.Prepare(isShuffled: true);
        }

        if (Hits(15 * weather.Crash))
        {
            Strike(Any());
        }

        if (Hits(10 * weather.Zombie))
        {
            Pause(Any());
        }

        if (Hits(60 * weather.Cleaning))
        {
            Clean();
        }

        if (Hits(30 * weather.Slow))
        {
            ChangeLeader();
        }

        if (Hits(60 * weather.Versions) && versions < MostVersions)
        {
            events.Note(RareEvent.VersionPublished);
            scenario.WriteVersion(cluster[scenario.ModelsTopic][0], ++versions);
        }

        if (Hits(5 * weather.Rebalance))
        {
            AddPartition();
        }

        if (Hits(4 * weather.Crash))
        {
            TakeAllDown();
        }
    }

    private bool Hits(int times) => random.Below(Scale) < times;

    private Slot Any() => deployment.Slots[random.Below(deployment.Slots.Count)];

    private void Strike(Slot slot)
    {
        if (slot.Process is null)
        {
            return;
        }

        if (!slot.IsReplaced && random.OneIn(3))
        {
            events.Note(RareEvent.CleanStop);
            deployment.Stop(slot);
        }
        else
        {
            events.Note(RareEvent.Crash);
            deployment.Kill(slot, random.Below(random.OneIn(3) ? 15_000 : 500));
        }
    }

    private void Pause(Slot slot)
    {
        if (slot.Port is null)
        {
            return;
        }

        events.Note(RareEvent.Zombie);
        deployment.Faults++;
        slot.PausedUntilMs = cluster.Clock.NowMs + random.Between(2_000, 20_000);
        (slot.Port.IsPaused, slot.WasZombie) = (true, true);
        if (random.OneIn(4))
        {
            events.Note(RareEvent.ReplacedZombie);
            deployment.Replace(slot);
        }
    }

    /// <summary>Compaction of a state partition, or retention of an input partition up to what nobody needs.</summary>
    private void Clean()
    {
        int partition = random.Below(deployment.Partitions);
        PartitionLog state = cluster[scenario.StateTopic][partition];
        if (random.OneIn(3))
        {
            PartitionLog input = cluster[scenario.InputTopic][partition];
            long lowWater = scenario.LowWater(state), start = input.Start;
            input.DeleteBelow(random.OneIn(2) ? lowWater : lowWater / 2);
            Note(input.Start > start, RareEvent.Retention);
            return;
        }

        long end = state.StableEnd;
        int removed = cleaner.Clean(state, random.OneIn(2) ? end : random.Below((int)end + 1), cluster.Clock.NowMs);
        Note(removed > 0, RareEvent.Compaction);
        Note(removed > 0 && state.Readers > 0, RareEvent.CompactionDuringRestore);
    }

    private void ChangeLeader()
    {
        events.Note(RareEvent.LeaderChange);
        SimulatedTopic topic = cluster.Topics[random.Below(cluster.Topics.Count)];
        topic[random.Below(topic.Partitions)].AwayUntilMs = cluster.Clock.NowMs + random.Below(2_000);
    }

    /// <summary>The input grows; nobody may touch the new partition, for it has no state partition.</summary>
    private void AddPartition()
    {
        SimulatedTopic input = cluster[scenario.InputTopic];
        if (input.Partitions == deployment.Partitions)
        {
            events.Note(RareEvent.NewPartition);
            input.AddPartition();
            input[deployment.Partitions].Append("new"u8, "new"u8, null, 0);
            deployment.Group.Coordinator.Prepare();
        }
    }

    /// <summary>All processes die; after a while the group is empty, and its offsets may expire.</summary>
    private void TakeAllDown()
    {
        events.Note(RareEvent.AllDown);
        foreach (Slot slot in deployment.Slots)
        {
            deployment.Kill(slot, random.Below(14_000));
        }

        cluster.Advance(random.Below(20_000));
        if (deployment.Group.Coordinator.IsEmpty && !cluster.Transactions.HasMarksDue && random.OneIn(2))
        {
            events.Note(RareEvent.OffsetExpiry);
            deployment.Group.Offsets.Forget();
        }
    }

    private void Note(bool hasHappened, RareEvent happened)
    {
        if (hasHappened)
        {
            events.Note(happened);
        }
    }
}

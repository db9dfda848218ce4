using Confluent.Kafka;
using Simulation.Log;
using Simulation.Port;
using Streaming.Daemon.Kafka;

namespace Simulation.Schedules;

/// <summary>The processes of a schedule: starts them, gives them turns, kills, pauses and replaces them.</summary>
internal sealed class Deployment(SimulatedCluster cluster, IScenario scenario, EventCounts events, SeededRandom random)
{
    private const int ZombieTurns = 12;

    private readonly List<Slot> slots = [];
    private int lastTurn;

    /// <summary>All slots, zombies that were replaced among them.</summary>
    public IReadOnlyList<Slot> Slots => slots;

    public int Partitions { get; private set; }

    /// <summary>Whether processes adopt new versions by themselves.</summary>
    public bool Adopts { get; init; } = true;

    /// <summary>The group of all processes.</summary>
    public SimulatedGroup Group => cluster.GroupOf(slots[0].Identity.Group);

    /// <summary>Faults so far.</summary>
    public int Faults { get; set; }

    /// <summary>What no process may do; null while none has.</summary>
    public string? Failure { get; private set; }

    /// <summary>Nothing is disturbed any more.</summary>
    public bool IsCalm { get; private set; }

    public void Reset(int processes, int partitions, bool isStatic)
    {
        slots.Clear();
        (Partitions, Faults, Failure, IsCalm, lastTurn) = (partitions, 0, null, false, 0);
        for (int i = 0; i < processes; i++)
        {
            slots.Add(new Slot(new ClientIdentity($"pod-{i}", isStatic ? $"pod-{i}" : null)));
        }
    }

    /// <summary>Nothing is disturbed from here on: nobody stands still, and who was replaced is gone.</summary>
    public void CalmDown()
    {
        IsCalm = true;
        for (int i = slots.Count - 1; i >= 0; i--)
        {
            if (slots[i].IsReplaced)
            {
                slots[i].Port?.Kill();
                slots.RemoveAt(i);
            }
            else
            {
                slots[i].PausedUntilMs = slots[i].StartAtMs = 0;
                slots[i].Port?.IsPaused = false;
            }
        }
    }

    /// <summary>A turn of one that is free to run, if any is.</summary>
    public void TurnAny()
    {
        int first = IsCalm ? ++lastTurn : random.Below(slots.Count);
        for (int i = 0; i < slots.Count; i++)
        {
            Slot slot = slots[(first + i) % slots.Count];
            if (IsFree(slot))
            {
                Turn(slot);
                return;
            }
        }
    }

    /// <summary>Gives a slot's process one turn, starting it where it does not run.</summary>
    public void Turn(Slot slot)
    {
        slot.Port ??= Start(slot);
        slot.Port.IsPaused = false;
        Guard(slot, static slot => slot.Process!.Turn());
        slot.Turns++;
        if (slot.IsReplaced && (slot.Port is null || slot.Turns > ZombieTurns))
        {
            slot.Port?.Kill();
            slots.Remove(slot);
        }
    }

    /// <summary>Stops a slot's process cleanly.</summary>
    public void Stop(Slot slot)
    {
        if (slot.Process is not null)
        {
            Guard(slot, static slot => slot.Process!.Stop());
            End(slot);
        }
    }

    /// <summary>Kills a slot's process, wherever it is.</summary>
    public void Kill(Slot slot, long startAgainMs)
    {
        Faults++;
        slot.Port?.Kill();
        slot.StartAtMs = cluster.Clock.NowMs + startAgainMs;
        if (!slot.IsOnStack)
        {
            End(slot);
        }
    }

    /// <summary>Another process takes the identity of one that stands still and will go on.</summary>
    public void Replace(Slot slot)
    {
        if (!slot.IsReplaced)
        {
            slot.IsReplaced = true;
            slot.Turns = 0;
            slots.Add(new Slot(slot.Identity));
        }
    }

    public Slot? Of(SimulatedPort port) => slots.Find(slot => slot.Port == port);

    public bool IsFree(Slot slot) => !slot.IsOnStack
        && slot.PausedUntilMs <= cluster.Clock.NowMs
        && (slot.Port is not null || slot.StartAtMs <= cluster.Clock.NowMs);

    /// <summary>Whether all of the input was delivered to processes whose state is there.</summary>
    public bool IsQuiet()
    {
        SimulatedTopic input = cluster[scenario.InputTopic];
        for (int partition = 0; partition < Partitions; partition++)
        {
            PartitionLog log = input[partition];
            if (log.StableEnd < log.End || !slots.Exists(slot => HasRead(slot, log)))
            {
                return false;
            }
        }

        return Group.Coordinator.IsStable;
    }

    /// <summary>Who is where, for a schedule that comes to no end.</summary>
    public string Describe()
    {
        var lines = slots.Select(slot => slot.Port is { } port
            ? $"{slot.Identity.TransactionalId} holds {port.Held:b} (paused {port.Paused:b})"
            : $"{slot.Identity.TransactionalId} is down");
        var logs = Enumerable.Range(0, Partitions).Select(p => cluster[scenario.InputTopic][p])
            .Select(log => $"input {log.Partition} ends at {log.StableEnd} of {log.End}");
        return string.Join("; ", lines.Concat(logs).Append($"group stable: {Group.Coordinator.IsStable}"));
    }

    private static bool HasRead(Slot slot, PartitionLog log) => slot.Port is { } port
        && port.Held.Has(log.Partition) && !port.Paused.Has(log.Partition)
        && port.Position(log.Partition) >= log.StableEnd;

    private SimulatedPort Start(Slot slot)
    {
        (slot.Turns, slot.WasZombie) = (0, false);
        return new SimulatedPort(cluster, slot.Identity);
    }

    private void Guard(Slot slot, Action<Slot> action)
    {
        slot.IsOnStack = true;
        try
        {
            slot.Process ??= scenario.Start(new(slot.Port!, cluster.Clock, Partitions, Adopts, events));
            action(slot);
        }
        catch (ProcessKilledException)
        {
            // Whoever killed it has noted it.
        }
        catch (KafkaPortException e)
        {
            events.Note(RareEvent.BrokenClient);
            if (e.Code == ErrorCode.Local_Fenced && slot.WasZombie)
            {
                events.Note(RareEvent.FencedZombie);
            }

            cluster.Trace?.Invoke($"{cluster.Clock.NowMs,8} {slot.Identity.TransactionalId} ends: {e.Message}");
            slot.Port!.Kill();
        }
        catch (Exception e)
        {
            Failure ??= $"{slot.Identity.TransactionalId}: {e.GetType().Name}: {e.Message}";
            cluster.Trace?.Invoke($"{cluster.Clock.NowMs,8} {e}");
            slot.Port!.Kill();
        }
        finally
        {
            slot.IsOnStack = false;
        }

        if (slot.Port!.IsDead)
        {
            End(slot);
        }
    }

    /// <summary>The process is over.</summary>
    private static void End(Slot slot)
    {
        slot.Port?.Kill();
        (slot.Port, slot.Process, slot.PausedUntilMs) = (null, null, 0);
    }
}

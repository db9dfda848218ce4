namespace Daemon.Tests.Pipeline;

/// <summary>One random life of a deployment: pods one after another, then one that nothing disturbs.</summary>
/// <param name="seed">Of the streams and of all that happens.</param>
/// <param name="reference">What an undisturbed run publishes.</param>
/// <param name="events">Counts what happened.</param>
internal sealed class Schedule(int seed, OutputMessage[] reference, Dictionary<string, int> events)
{
    private const int QuietCalls = 6; // a last commit makes six at most

    private static readonly int[] GatherSizes = [1, 7, 2_048];

    private readonly Random random = new(seed);
    private int quietCalls;

    /// <summary>Also crashes, losses and refusals: what may lead to duplicates.</summary>
    public required bool IsRough { get; init; }

    public MemoryBroker Run()
    {
        MemoryBroker broker = RandomStreams.Create(seed);
        var guard = new CommitGuard(broker, reference);
        for (int pods = random.Next(1, 5); pods > 0; pods--)
        {
            using Pod disturbed = Pod(broker, guard);
            Disturb(disturbed);
        }

        using Pod quiet = Pod(broker, guard);
        quiet.RunToEnd();
        Assert.Empty(quiet.StoppedPartitions); // whatever ended the others, it was no record
        Assert.True(guard.Commits > 0);
        return broker;
    }

    private Pod Pod(MemoryBroker broker, CommitGuard guard)
    {
        var pod = new Pod(broker, Pipeline.Pod.SmallOptions(GatherSizes[random.Next(GatherSizes.Length)]));
        pod.Port.Committing = guard.Check;
        return pod;
    }

    private void Disturb(Pod pod)
    {
        int polls = random.Next(3, 40);
        pod.Port.Fault = Fault;
        pod.Port.QueueLimit = random.Next(2) == 0 ? random.Next(1, 20) : int.MaxValue;
        bool crashes = IsRough && random.Next(2) == 0;
        try
        {
            pod.Run(poll =>
            {
                pod.Port.PollLimit = random.Next(4) == 0 ? 0 : random.Next(1, 25);
                pod.Clock.Advance(TimeSpan.FromMilliseconds(random.Next(800)));
                Rebalance(pod.Port, pod.Broker.Partitions);
                if (poll == polls)
                {
                    End(pod, crashes);
                }
            });
        }
        catch (CrashException)
        {
            Count("crash");
            pod.Port.Crash(random.Next(10));
        }
        catch (InvalidOperationException e) when (e.Message.Contains("lost", StringComparison.Ordinal))
        {
            Count("gave up");
            pod.Port.Crash(random.Next(10));
        }
    }

    private void End(Pod pod, bool crashes)
    {
        if (crashes)
        {
            throw new CrashException();
        }

        Count("stop");
        pod.Stop();
    }

    private void Rebalance(MemoryPort port, int partitions)
    {
        int[] held = [.. port.Held];
        int[] free = [.. Enumerable.Range(0, partitions).Except(held)];
        if (free.Length > 0 && random.Next(3) == 0)
        {
            port.Assign(free[random.Next(free.Length)]);
        }
        else if (held.Length > 0 && random.Next(8) == 0)
        {
            Count(held.Length > 1 ? "kept while others leave" : "all leave");
            port.Revoke(held[random.Next(held.Length)]);
        }
        else if (IsRough && held.Length > 0 && random.Next(16) == 0)
        {
            Count("lost partitions");
            port.Lose(held[random.Next(held.Length)]);
        }
    }

    /// <summary>A fault now and then; without roughness with calls between, so that no commit fails for good.</summary>
    private PortFault Fault(PortCall call)
    {
        if (quietCalls-- > 0)
        {
            return PortFault.None;
        }

        PortFault fault = call switch
        {
            PortCall.Produce when random.Next(30) == 0 => Count("full queue", PortFault.Slow),
            PortCall.Flush => random.Next(24) switch
            {
                0 when IsRough => Count("lost messages", PortFault.Lost),
                < 5 => Count("slow flush", PortFault.Slow),
                _ => PortFault.None,
            },
            PortCall.Commit => random.Next(24) switch
            {
                0 when IsRough => Count("refused commit", PortFault.Refused),
                < 3 => Count("retriable commit", PortFault.Retriable),
                < 5 => Count("done", PortFault.RetriableButDone),
                _ => PortFault.None,
            },
            _ => PortFault.None,
        };
        quietCalls = IsRough || fault == PortFault.None ? 0 : QuietCalls;
        return fault;
    }

    private PortFault Count(string name, PortFault fault)
    {
        Count(name);
        return fault;
    }

    private void Count(string name) => events[name] = events.GetValueOrDefault(name) + 1;

    private sealed class CrashException : Exception;
}

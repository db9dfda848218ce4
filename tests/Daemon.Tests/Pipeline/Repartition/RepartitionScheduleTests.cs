namespace Daemon.Tests.Pipeline.Repartition;

/// <summary>Random schedules of faults, rebalances and crashes: what is committed is acknowledged, nothing is lost, and
/// order holds.</summary>
public sealed class RepartitionScheduleTests
{
    private const int Schedules = 40, Targets = 3;

    private readonly Dictionary<string, int> events = [];

    [Fact]
    public void Run_AnyScheduleOfFaults_LosesNothingAndChangesNoByte()
    {
        for (int seed = 0; seed < Schedules; seed++)
        {
            OutputMessage[] reference = Reference(seed);
            MemoryBroker broker = RandomStreams.Create(seed);
            var guard = new CommitGuard(broker, reference);
            var random = new Random(seed);
            for (int pods = random.Next(1, 5); pods > 0; pods--)
            {
                Disturb(broker, guard, random);
            }

            using RepartitionPod quiet = Pod(broker, guard, random);
            quiet.RunToEnd();

            Assert.True(guard.Commits > 0);
            Assert.True(
                reference.Select(m => m.Whole).ToHashSet().SetEquals(broker.Output.Select(m => m.Whole)),
                $"Seed {seed}: the distinct messages are not those of an undisturbed run.");
        }

        string[] rare = ["crash", "lost messages", "lost partitions", "refused commit", "stop", "revoked"];
        Assert.All(rare, name => Assert.True(
            events.GetValueOrDefault(name) >= Schedules / 10, $"{name}: {events.GetValueOrDefault(name)} times only."));
    }

    [Fact]
    public void Run_CleanStopsAndRebalances_SendsEachObservationOnceInTheOrderOfItsPartition()
    {
        for (int seed = 0; seed < Schedules; seed++)
        {
            MemoryBroker broker = RandomStreams.Create(seed);
            var random = new Random(seed);
            for (int pods = random.Next(1, 5); pods > 0; pods--)
            {
                using RepartitionPod pod = Pod(broker, new(broker, []), random);
                int polls = random.Next(3, 40);
                pod.Run(poll =>
                {
                    Turn(pod, random);
                    if (poll == polls)
                    {
                        pod.Stop();
                    }
                });
            }

            using RepartitionPod quiet = Pod(broker, new(broker, []), random);
            quiet.RunToEnd();

            ILookup<int, string> expected = RandomStreams.ByPartition(Reference(seed));
            ILookup<int, string> actual = RandomStreams.ByPartition(broker.Output);
            Assert.All(expected, partition => Assert.Equal(partition, actual[partition.Key]));
        }
    }

    private static OutputMessage[] Reference(int seed)
    {
        MemoryBroker broker = RandomStreams.Create(seed);
        using var pod = new RepartitionPod(broker, RepartitionPod.Options(), Targets);
        pod.RunToEnd();
        return [.. broker.Output];
    }

    private static RepartitionPod Pod(MemoryBroker broker, CommitGuard guard, Random random)
    {
        int[] sizes = [1, 7, 2_048];
        var pod = new RepartitionPod(broker, RepartitionPod.Options(sizes[random.Next(3)]), Targets);
        pod.Port.Committing = guard.Check;
        return pod;
    }

    private void Disturb(MemoryBroker broker, CommitGuard guard, Random random)
    {
        using RepartitionPod pod = Pod(broker, guard, random);
        int polls = random.Next(3, 40);
        bool crashes = random.Next(2) == 0;
        pod.Port.QueueLimit = random.Next(2) == 0 ? random.Next(1, 20) : int.MaxValue;
        pod.Port.Fault = call => Fault(call, random);
        try
        {
            pod.Run(poll =>
            {
                Turn(pod, random);
                if (random.Next(16) == 0 && pod.Port.Held.Count > 0)
                {
                    Count("lost partitions");
                    pod.Port.Lose(pod.Port.Held.First());
                }

                if (poll == polls && crashes)
                {
                    Count("crash");
                    throw new TimeoutException();
                }

                if (poll == polls)
                {
                    Count("stop");
                    pod.Stop();
                }
            });
        }
        catch (Exception e) when (e is TimeoutException or InvalidOperationException)
        {
            pod.Port.Crash(random.Next(10));
        }
    }

    private void Turn(RepartitionPod pod, Random random)
    {
        pod.Port.PollLimit = random.Next(4) == 0 ? 0 : random.Next(1, 25);
        pod.Clock.Advance(TimeSpan.FromMilliseconds(random.Next(800)));
        int[] held = [.. pod.Port.Held], free = [.. Enumerable.Range(0, pod.Broker.Partitions).Except(held)];
        if (free.Length > 0 && random.Next(3) == 0)
        {
            pod.Port.Assign(free[random.Next(free.Length)]);
        }
        else if (held.Length > 1 && random.Next(8) == 0)
        {
            Count("revoked");
            pod.Port.Revoke(held[^1]);
        }
    }

    private PortFault Fault(PortCall call, Random random) => (call, random.Next(24)) switch
    {
        (PortCall.Flush, 0) => Count("lost messages", PortFault.Lost),
        (PortCall.Flush, < 5) => PortFault.Slow,
        (PortCall.Commit, 0) => Count("refused commit", PortFault.Refused),
        (PortCall.Commit, < 3) => PortFault.Retriable,
        (PortCall.Commit, < 5) => PortFault.RetriableButDone,
        _ => PortFault.None,
    };

    private PortFault Count(string name, PortFault fault)
    {
        Count(name);
        return fault;
    }

    private void Count(string name) => events[name] = events.GetValueOrDefault(name) + 1;
}

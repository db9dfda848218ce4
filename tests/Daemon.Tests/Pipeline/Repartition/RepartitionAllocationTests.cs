namespace Daemon.Tests.Pipeline.Repartition;

public sealed class RepartitionAllocationTests
{
    private const int RecordsAGather = 1_000;

    [Fact]
    public void Process_WarmLane_AllocatesPerGatherButNotPerRecord()
    {
        const int gathers = 24, warmUp = 12, firstSmall = 18, few = 10;
        var broker = new MemoryBroker(1) { KeepsOutput = false };
        for (int i = 0; i < gathers * RecordsAGather; i++)
        {
            broker.AddEvent(0, $"e{i % 100}", Pod.Start.AddSeconds(i), i % 13);
        }

        using var pod = new RepartitionPod(broker, RepartitionPod.Options(RecordsAGather), partitions: 3);
        var allocated = new long[gathers + 1];
        pod.Run(poll =>
        {
            if (poll == 0)
            {
                pod.Port.Assign(0);
            }
            else
            {
                pod.Port.PollLimit = poll >= firstSmall ? few : int.MaxValue;
                allocated[poll] = GC.GetAllocatedBytesForCurrentThread();
            }

            if (poll == gathers)
            {
                pod.Stop();
            }
        });

        long full = Least(allocated[warmUp..firstSmall]), small = Least(allocated[firstSmall..]);
        Assert.True(full <= small, $"{RecordsAGather} records cost {full} bytes, {few} records {small}.");
        Assert.InRange(small, 0, 2_048);
    }

    /// <summary>
    /// The least growth from one poll to the next: the runtime may charge a thread for something of its own.
    /// </summary>
    private static long Least(long[] allocated) => allocated.Zip(allocated[1..], (from, to) => to - from).Min();
}

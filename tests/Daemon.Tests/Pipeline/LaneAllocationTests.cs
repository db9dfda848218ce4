using Streaming.Daemon.Configuration;

namespace Daemon.Tests.Pipeline;

public sealed class LaneAllocationTests
{
    private const int RecordsAGather = 1_000;

    [Theory]
    [InlineData("e")] // one step a record
    [InlineData("g")] // one step a minute
    public void Process_WarmLane_AllocatesPerGatherButNotPerRecord(string kind)
    {
        const int gathers = 20, warmUp = 12, few = 10;
        var broker = new MemoryBroker(1) { KeepsOutput = false };
        for (int i = 0; i < gathers * RecordsAGather; i++)
        {
            broker.AddEvent(0, $"{kind}{i % 100}", Pod.Start.AddSeconds(i / 100 * 60), i % 13);
        }

        ForecasterOptions options = Pod.SmallOptions(RecordsAGather);
        using var pod = new Pod(broker, options);
        var allocated = new long[gathers + 1];
        pod.Run(poll =>
        {
            if (poll == 0)
            {
                pod.Port.Assign(0);
            }
            else
            {
                pod.Port.PollLimit = poll >= gathers - 1 ? few : int.MaxValue;
                allocated[poll] = GC.GetAllocatedBytesForCurrentThread();
            }

            if (poll == gathers)
            {
                pod.Stop();
            }
        });

        long full = allocated[warmUp + 1] - allocated[warmUp], small = allocated[gathers] - allocated[gathers - 1];
        Assert.True(full <= small, $"{RecordsAGather} records cost {full} bytes, {few} records {small}.");
        Assert.InRange(small, 0, 2_048);
    }
}

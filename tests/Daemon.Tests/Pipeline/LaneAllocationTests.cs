using Streaming.Daemon.Configuration;

namespace Daemon.Tests.Pipeline;

public sealed class LaneAllocationTests
{
    private const int RecordsAGather = 1_000;

    [Theory]
    [InlineData("e", null)] // one step a record
    [InlineData("g", null)] // one step a minute
    [InlineData("e", "ms")] // of OpenTelemetry, with a unit
    public void Process_WarmLane_AllocatesPerGatherButNotPerRecord(string kind, string? unit)
    {
        const int gathers = 24, warmUp = 12, firstSmall = 18, few = 10;
        var broker = new MemoryBroker(1) { KeepsOutput = false };
        for (int i = 0; i < gathers * RecordsAGather; i++)
        {
            DateTime time = Pod.Start.AddSeconds(i / 100 * 60);
            if (unit is null)
            {
                broker.AddEvent(0, $"{kind}{i % 100}", time, i % 13);
            }
            else
            {
                broker.Add(0, "k", UnitTests.Metric($"{kind}{i % 100}", "gauge", unit, time, i % 13), MemoryBroker.Ms(time));
            }
        }

        ForecasterOptions options = Pod.SmallOptions(RecordsAGather);
        if (unit is not null)
        {
            options = options with { Input = new() { Format = InputFormat.OtlpJson, Repartition = RepartitionMode.Off } };
        }

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

using System.Buffers.Binary;
using Simulation.Schedules;
using Streaming.Daemon.Kafka;
using Streaming.Daemon.Pipeline;

namespace Simulation.Lanes;

/// <summary>A process with one forecasting lane, the very one of the daemon, and with the versions that it has read
/// of.</summary>
internal sealed class LaneProcess : IProcess
{
    private readonly LaneSetup setup;
    private readonly VersionFeed versions;
    private readonly ILogReader models;
    private readonly RecordBatch batch = new(16);
    private readonly Lane lane;
    private readonly EventCounts events;
    private int newest;

    public LaneProcess(ProcessStart start, LaneSetup setup, LaneScenario scenario)
    {
        (this.setup, events) = (setup, start.Events);
        versions = new VersionFeed(setup[0]) { IsFollowed = start.Adopts };
        models = start.Port.Read(scenario.ModelsTopic);
        models.Open(0, 0);
        lane = setup.CreateLane(start, versions, end => models.Position(0) >= end, new LaneEvents(start, scenario));
    }

    public void Turn()
    {
        models.Poll(batch, TimeSpan.Zero);
        for (int i = 0; i < batch.Count; i++)
        {
            newest = Math.Max(newest, BinaryPrimitives.ReadInt32LittleEndian(batch.Key(i)));
        }

        versions.Newest = setup[newest];
        double evicted = setup.Metrics.SeriesEvicted.Value;
        lane.Turn();
        if (setup.Metrics.SeriesEvicted.Value > evicted)
        {
            events.Note(RareEvent.Eviction);
        }
    }

    public void Stop() => lane.Stop();
}

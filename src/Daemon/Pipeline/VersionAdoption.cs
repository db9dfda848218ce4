using Streaming.Daemon.Tuning;
using Streaming.Inference.Series;

namespace Streaming.Daemon.Pipeline;

/// <summary>What follows a commit of a forecasting lane: it tells of the versions that its tasks have adopted, and
/// how it does.</summary>
internal sealed partial class VersionAdoption(
    TaskTable tasks, LiveScores scores, VersionFeed versions, SampleTap? samples, LaneInstruments instruments,
    ILogger logger)
{
    public void Committed()
    {
        ModelVersion newest = versions.Newest;
        foreach (PartitionTask task in tasks.All)
        {
            if (task.Adopted is { } adopted)
            {
                LogAdopted(task.Partition, adopted.Version, adopted.Offset);
                task.Adopted = null;
            }
        }

        samples?.Expect(tasks.All.Sum(t => (long)t.Series.Count) * instruments.Lanes);
        instruments.Committed(scores, newest);
    }

    [LoggerMessage(130, LogLevel.Information, "Partition {Partition} adopts {Version} from offset {Offset}")]
    private partial void LogAdopted(int partition, string version, long offset);
}

using Streaming.Daemon.Pipeline.Questions;

namespace Streaming.Daemon.Serving.Api;

/// <summary>How far the partitions of this process are, as its lanes told it a second ago at most: however many ask, a lane
/// is asked once. Thread-safe.</summary>
internal sealed class TaskIndex
{
    private static readonly TimeSpan FreshAge = TimeSpan.FromSeconds(1);

    private readonly LaneDirectory lanes;
    private readonly SharedAnswer<IReadOnlyList<TaskReport>> reports;

    public TaskIndex(LaneDirectory lanes, TimeProvider clock)
    {
        this.lanes = lanes;
        reports = new(MakeAsync, FreshAge, FreshAge, clock);
    }

    /// <summary>All partitions of this process.</summary>
    /// <param name="asker">Ends the waiting.</param>
    /// <exception cref="LaneBusyException">A lane does not answer.</exception>
    public Task<IReadOnlyList<TaskReport>> GetAsync(CancellationToken asker) => reports.GetAsync(asker);

    private async Task<IReadOnlyList<TaskReport>> MakeAsync()
    {
        IReadOnlyList<TaskReport>[] ofLanes = await lanes.AskAllAsync(
            lane => new TasksQuestion(lane), LaneDirectory.Patience, CancellationToken.None);
        return [.. ofLanes.SelectMany(ofLane => ofLane)];
    }
}

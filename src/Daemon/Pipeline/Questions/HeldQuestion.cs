namespace Streaming.Daemon.Pipeline.Questions;

/// <summary>Which partitions a lane has.</summary>
internal sealed class HeldQuestion : LaneQuestion<IReadOnlyList<int>>
{
    protected override bool TryAnswer(LaneView lane, out IReadOnlyList<int>? found)
    {
        found = [.. lane.Opening, .. lane.Tasks.Select(task => task.Partition)];
        return true;
    }
}

namespace Simulation.Toy;

/// <summary>The task's snapshots at those offsets where a replay may begin: its commits.</summary>
internal sealed class ToyCommitPoints
{
    private readonly List<(long Offset, ToySnapshot Snapshot)> points = []; // offsets ascend

    public void Add(long offset, ToySnapshot snapshot)
    {
        if (points.Count == 0 || points[^1].Offset < offset)
        {
            points.Add((offset, snapshot));
        }
    }

    /// <summary>The last point at an offset or before it.</summary>
    public (long Offset, ToySnapshot Snapshot) RoundDown(long offset) => points.FindLast(p => p.Offset <= offset);

    /// <summary>Forgets the points before a low-water offset.</summary>
    public void ForgetBefore(long lowWater) => points.RemoveAll(p => p.Offset < lowWater);
}

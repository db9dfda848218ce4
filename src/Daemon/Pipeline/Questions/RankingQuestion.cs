using Streaming.Inference.Series;

namespace Streaming.Daemon.Pipeline.Questions;

/// <summary>All series of a lane, each as it was when the walk came by, in pieces; not those of tasks that have gone since.
/// </summary>
internal sealed class RankingQuestion : LaneQuestion<IReadOnlyList<SeriesRank[]>>
{
    private readonly List<(PartitionTask Task, SeriesRank[] Ranks)> pieces = [];
    private readonly List<SeriesState> met = [];
    private SeriesWalk? walk;

    public override bool IsWalk => true;

    protected override bool TryAnswer(LaneView lane, out IReadOnlyList<SeriesRank[]>? found)
    {
        walk ??= new(lane);
        if (walk.TryContinue(met))
        {
            pieces.Add((walk.Task!, RanksOf(walk.Task!, lane)));
            found = null;
            return false;
        }

        HashSet<PartitionTask> held = [.. lane.Tasks];
        found = [.. pieces.Where(piece => held.Contains(piece.Task)).Select(piece => piece.Ranks)];
        return true;
    }

    private SeriesRank[] RanksOf(PartitionTask task, LaneView lane)
    {
        var ranks = new SeriesRank[met.Count];
        for (int i = 0; i < ranks.Length; i++)
        {
            ranks[i] = SeriesRank.Of(task, met[i], lane.Settings);
        }

        return ranks;
    }
}

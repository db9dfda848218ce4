using Streaming.Inference.Series;

namespace Streaming.Daemon.Pipeline.Questions;

/// <summary>All series of a lane, each as it was when the walk came by.</summary>
internal sealed class RankingQuestion : LaneQuestion<List<SeriesRank>>
{
    private readonly List<SeriesRank> ranks = [];
    private SeriesWalk? walk;

    protected override bool TryAnswer(LaneView lane, out List<SeriesRank>? found)
    {
        walk ??= new(lane);
        bool isWhole = walk.TryContinue(lane, Add);
        found = isWhole ? ranks : null;
        return isWhole;
    }

    private void Add(PartitionTask task, SeriesState series, LaneView lane) =>
        ranks.Add(SeriesRank.Of(task, series, lane.Settings));
}

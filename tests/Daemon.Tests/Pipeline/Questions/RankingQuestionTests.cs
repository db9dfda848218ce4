using System.Text;
using Streaming.Daemon.Pipeline.Questions;

namespace Daemon.Tests.Pipeline.Questions;

/// <summary>A lane with two partitions, one series each, that is asked for all of them a piece a turn.</summary>
public sealed class RankingQuestionTests
{
    private const int MostPieces = 100;
    private const int PiecesOfPartition = 4;

    [Fact]
    public void Answer_NothingChanges_HasEverySeriesOnce() => Assert.Equal(["e0", "e1"], IdsOf(revokedAfter: MostPieces));

    [Theory]
    [InlineData(1)] // pieces of partition 0
    [InlineData(3)]
    [InlineData(5)] // partition 0 is done
    public void Answer_PartitionGoesMeanwhile_ItsSeriesAreLeftOut(int pieces) =>
        Assert.Equal(["e1"], IdsOf(revokedAfter: pieces));

    private static string[] IdsOf(int revokedAfter)
    {
        var broker = new MemoryBroker(2);
        broker.AddEvent(0, "e0", Pod.Start, 1);
        broker.AddEvent(1, "e1", Pod.Start, 2);
        using var pod = new Pod(broker, Pod.SmallOptions());
        var ranking = new RankingQuestion();
        var slowly = new Slowly(ranking, () => pod.Clock.Advance(TimeSpan.FromSeconds(1)));
        bool isAsked = false;
        pod.Run(poll =>
        {
            if (poll == 0)
            {
                pod.Port.Assign(0, 1);
            }
            else if (!isAsked && pod.Port.IsAtEnd && pod.Lane.Opening.Count == 0)
            {
                isAsked = pod.Face.Mailbox.TryAsk(slowly);
            }
            else if (slowly.Pieces == revokedAfter)
            {
                pod.Port.Revoke(0);
            }

            if (ranking.Answer.IsCompleted)
            {
                pod.Stop();
            }
        });
        Assert.InRange(slowly.Pieces, 1, revokedAfter + PiecesOfPartition + 1); // what is gone is not looked at
        return [.. ranking.Answer.Result.SelectMany(piece => piece).Select(rank => Encoding.UTF8.GetString(rank.Id)).Order()];
    }

    /// <summary>A question of which a turn does one piece.</summary>
    private sealed class Slowly(LaneQuestion question, Action letTimePass) : LaneQuestion<bool>
    {
        public int Pieces { get; private set; }

        public override bool IsWalk => question.IsWalk;

        protected override bool TryAnswer(LaneView lane, out bool found)
        {
            Pieces++;
            letTimePass();
            return found = question.Work(lane);
        }
    }
}

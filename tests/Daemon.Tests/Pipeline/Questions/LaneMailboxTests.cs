using Microsoft.Extensions.Time.Testing;
using Streaming.Daemon.Pipeline.Questions;

namespace Daemon.Tests.Pipeline.Questions;

public sealed class LaneMailboxTests
{
    private readonly FakeTimeProvider clock = new();
    private readonly LaneMailbox mailbox;

    public LaneMailboxTests() => mailbox = new(clock);

    [Fact]
    public void TryAsk_Full_IsRefusedUntilSomeAreAnswered()
    {
        for (int i = 0; i < LaneMailbox.Capacity; i++)
        {
            Assert.True(mailbox.TryAsk(new Pieces(1)));
        }

        Assert.False(mailbox.TryAsk(new Pieces(1)));

        mailbox.Answer(null!);
        Assert.False(mailbox.HasQuestions);
        Assert.True(mailbox.TryAsk(new Pieces(1)));
    }

    [Fact]
    public async Task Answer_LongWork_IsDoneInSlicesAndComesToItsEnd()
    {
        var question = new Pieces(100, () => clock.Advance(TimeSpan.FromMilliseconds(0.3)));
        Assert.True(mailbox.TryAsk(question));
        int turns = 0, most = 0;
        while (!question.Answer.IsCompleted)
        {
            int before = question.Done;
            clock.Advance(TimeSpan.FromMilliseconds(20)); // a turn of the lane
            mailbox.Answer(null!);
            most = Math.Max(most, question.Done - before);
            turns++;
        }

        Assert.Equal(100, await question.Answer);
        Assert.InRange(most, 1, 2); // a fiftieth of 20 ms is 0.4 ms
        Assert.InRange(turns, 50, 100);
    }

    [Fact]
    public void Answer_LaneWasBusyForLong_TakesNoMoreThanAMillisecond()
    {
        var question = new Pieces(100, () => clock.Advance(TimeSpan.FromMilliseconds(0.3)));
        Assert.True(mailbox.TryAsk(question));
        clock.Advance(TimeSpan.FromMinutes(1));

        mailbox.Answer(null!);

        Assert.Equal(4, question.Done);
    }

    [Fact]
    public async Task Answer_QuestionsGoWrongOrNobodyWaits_TheOthersAreAnswered()
    {
        Pieces wrong = new(1, () => throw new InvalidOperationException("a bug")), given = new(1), good = new(1);
        Assert.True(mailbox.TryAsk(wrong) && mailbox.TryAsk(given) && mailbox.TryAsk(good));
        given.Cancel();

        mailbox.Answer(null!);

        Assert.Equal("a bug", (await Assert.ThrowsAsync<InvalidOperationException>(() => wrong.Answer)).Message);
        Assert.Equal((0, true), (given.Done, given.Answer.IsCanceled));
        Assert.Equal(1, await good.Answer);
    }

    [Fact]
    public async Task Answer_WalkIsGoingOn_OthersNeedNotWaitForItsEnd()
    {
        var walk = new Pieces(1_000, () => clock.Advance(TimeSpan.FromMilliseconds(0.3)), isWalk: true);
        Assert.True(mailbox.TryAsk(walk));
        mailbox.Answer(null!);
        var one = new Pieces(1);
        Assert.True(mailbox.TryAsk(one));

        mailbox.Answer(null!);

        Assert.Equal(1, await one.Answer);
        Assert.InRange(walk.Done, 2, 10);
    }

    [Fact]
    public void AnswerOne_SomeWait_DoesAPieceOfOneAndNoWalk()
    {
        Pieces walk = new(2, isWalk: true), first = new(2), second = new(1);
        Assert.True(mailbox.TryAsk(walk) && mailbox.TryAsk(first) && mailbox.TryAsk(second));

        mailbox.AnswerOne(null!);
        Assert.Equal((0, 1, 0), (walk.Done, first.Done, second.Done));
        mailbox.AnswerOne(null!);
        mailbox.AnswerOne(null!);
        mailbox.AnswerOne(null!);

        Assert.Equal((0, 2, 1), (walk.Done, first.Done, second.Done));
    }

    [Fact]
    public void Answer_OthersNeverEnd_AWalkGoesOnByAPieceEachTime()
    {
        var walk = new Pieces(3, isWalk: true);
        Assert.True(mailbox.TryAsk(walk));

        for (int turn = 0; turn < 3; turn++)
        {
            Assert.True(mailbox.TryAsk(new Pieces(1_000, () => clock.Advance(TimeSpan.FromMilliseconds(5)))));
            Assert.Equal(turn, walk.Done);
            mailbox.Answer(null!);
        }

        Assert.True(walk.Answer.IsCompletedSuccessfully);
    }

    /// <summary>Takes so many pieces of work.</summary>
    private sealed class Pieces(int pieces, Action? work = null, bool isWalk = false) : LaneQuestion<int>
    {
        public override bool IsWalk => isWalk;

        public int Done { get; private set; }

        protected override bool TryAnswer(LaneView lane, out int found)
        {
            work?.Invoke();
            found = ++Done;
            return Done == pieces;
        }
    }
}

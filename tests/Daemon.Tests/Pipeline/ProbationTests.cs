using Streaming.Daemon.Kafka;
using Streaming.Daemon.Pipeline;

namespace Daemon.Tests.Pipeline;

public sealed class ProbationTests
{
    private const string Version = "1", Own = "own", Other = "other";

    [Theory]
    [InlineData(1, false, Other, 2)] // an end
    [InlineData(2, false, Other, 2)]
    [InlineData(2, true, Other, 3)] // with the record in hand
    [InlineData(3, false, Other, 3)] // not got past since
    [InlineData(1, false, Own, 1)] // lost by this process, which lives
    [InlineData(2, true, Own, 2)]
    [InlineData(3, true, Own, 3)]
    [InlineData(2, true, "", 3)] // by nobody knows whom
    public void Of_NoteFound_StartsAsItSays(int start, bool isTaking, string process, int then)
    {
        Probation probation = Of(new(start, 70, isTaking, Version, process));

        Assert.Null(probation.StoppedAt);
        Assert.Equal(new Attempt(then, 70, IsTaking: false, Version, Own), probation.At(70));
        Assert.Equal(then == 1 ? Care.None : Care.Alone, probation.CareAt(70));
    }

    [Fact]
    public void Of_InHandAtTwoEnds_IsBlamedUnlessSkippedOrGone()
    {
        var found = new Attempt(Attempt.Suspecting, 70, IsTaking: true, Version, Other);

        Assert.Equal(70, Of(found).StoppedAt);
        Assert.Null(Of(found, readFrom: 71).StoppedAt);
        Assert.Null(Of(found, end: 70).StoppedAt);
        Assert.Null(Of(found, skip: "t-0@70").StoppedAt);
        Assert.Null(Of(found with { Version = "2" }).StoppedAt);
    }

    [Fact]
    public void At_SuspectIsGotPast_SuspectsNoMore()
    {
        Probation probation = Of(new(Attempt.Careful, 70, IsTaking: true, Version, Other));

        probation.InHand = 70;
        Attempt before = probation.At(70);
        probation.InHand = null;
        probation.Took(71);
        probation.InHand = 71;
        Attempt after = probation.At(71);

        Assert.Equal(new Attempt(Attempt.Suspecting, 70, IsTaking: true, Version, Own), before);
        Assert.Equal(new Attempt(Attempt.Careful, 71, IsTaking: true, Version, Own), after);
    }

    [Fact]
    public void CareAt_OneRecordAfterTheOther_IsLessAndLess()
    {
        const int Alone = 512, All = 65_536;
        Probation probation = Of(new(Attempt.First, 70, IsTaking: false, Version, Other), readFrom: 0, end: 1_000_000);
        var cares = new int[3];
        for (int offset = 0; probation.IsCareful; offset++)
        {
            Care care = probation.CareAt(offset);
            cares[(int)care]++;
            Assert.Equal(care == Care.Alone || offset < 70, probation.IsNearAlone(offset));
            if (care != Care.None)
            {
                probation.Took(offset + 1);
            }
        }

        Assert.Equal([70, All - Alone, Alone], cares);
    }

    private static Probation Of(Attempt found, long readFrom = 60, long end = 100, string skip = "t-0@1") =>
        Probation.Of(found, readFrom, end, Version, Own, new SkippedOffsets([skip], "t", 0, null, readFrom));
}

using Streaming.Training.Gate;
using Streaming.Training.Samples;

namespace Streaming.Training.Tests.Gate;

public sealed class FreshBlocksTests
{
    private const int BlockSteps = 10;
    private const int BurnInSteps = 25;
    private const int LeastBurnInSteps = 5;
    private const int HorizonSteps = 4;

    [Fact]
    public void Cut_StepsAfterTheSnapshot_ComeOnceInOrderWhenTheirLabelsHaveArrived()
    {
        FreshBlocks fresh = Create();
        fresh.Begin([Window(7, end: 100)]);
        var seen = new List<(int Block, long From, long To)>();
        for (int end = 101; end <= 200; end += 3)
        {
            foreach (BlockPart part in Cut(fresh, Window(7, end)))
            {
                WindowPart steps = part.Part;
                long first = steps.Window.FirstStep;
                Assert.True(first + steps.End + HorizonSteps <= end);
                Assert.Equal(BurnInSteps, steps.ScoredFrom - steps.Start);
                seen.Add((part.Block, first + steps.ScoredFrom, first + steps.End));
            }
        }

        Assert.Equal(
            Enumerable.Range(0, 9).Select(n => (n, 100L + (n * BlockSteps), 110L + (n * BlockSteps))), seen);
    }

    [Fact]
    public void Cut_WindowHasMovedOn_LeavesOutWhatItNoLongerHolds()
    {
        FreshBlocks fresh = Create();
        fresh.Begin([Window(7, end: 100)]);

        BlockPart[] parts = Cut(fresh, Window(7, end: 300)); // holds steps 240 to 299

        Assert.Equal((0, LeastBurnInSteps), (parts[0].Part.Start, parts[0].Part.ScoredFrom));
        Assert.Equal([0, 1, 2, 3, 4], parts.Select(part => part.Block));
    }

    [Fact]
    public void Cut_SlowSeries_JoinsAtTheOpenBlock()
    {
        FreshBlocks fresh = Create();
        fresh.Begin([Window(7, end: 100)]);

        Assert.Equal([3, 4], Cut(fresh, Window(7, end: 124), open: 3).Select(part => part.Block));
    }

    [Fact]
    public void Cut_FarAhead_StopsAtTheLastBlock()
    {
        FreshBlocks fresh = Create();
        fresh.Begin([Window(7, end: 100)]);

        Assert.Equal([0, 1], Cut(fresh, Window(7, end: 154), end: 2).Select(part => part.Block));
        Assert.Equal([2, 3], Cut(fresh, Window(7, end: 154), end: 4).Select(part => part.Block));
    }

    [Fact]
    public void Cut_SeriesSeenFirstOrAnew_CountsFromThere()
    {
        FreshBlocks fresh = Create();
        fresh.Begin([Window(7, end: 500)]);

        Assert.Empty(Cut(fresh, Window(8, end: 100)));
        Assert.Single(Cut(fresh, Window(8, end: 114)));
        Assert.Empty(Cut(fresh, Window(7, end: 60)));
        Assert.Single(Cut(fresh, Window(7, end: 74)));
        Assert.Equal(2, fresh.Series);
    }

    [Fact]
    public void Begin_SeriesThatStayedSilent_AreNotWaitedForUntilTheyCome()
    {
        FreshBlocks fresh = Create();
        EncodedWindow[] windows = [Window(7, 100), Window(8, 100), Window(9, 100)];
        fresh.Begin(windows);
        Cut(fresh, Window(8, 105));

        fresh.Begin(windows);
        Assert.Equal(1, fresh.Series);
        fresh.Begin(windows);
        Assert.Equal(0, fresh.Series);
        Cut(fresh, Window(9, 105));
        fresh.Begin(windows);
        Assert.Equal(1, fresh.Series);
    }

    [Fact]
    public void Cut_MoreSeriesThanItFollows_LeavesThemOut()
    {
        var fresh = new FreshBlocks(BlockSteps, BurnInSteps, LeastBurnInSteps, HorizonSteps, maxSeries: 1);
        fresh.Begin([Window(7, 100)]);

        Assert.Empty(Cut(fresh, Window(8, 100)));
        Assert.Empty(Cut(fresh, Window(8, 200)));
        Assert.Equal(1, fresh.Series);
    }

    private static FreshBlocks Create() => new(BlockSteps, BurnInSteps, LeastBurnInSteps, HorizonSteps, maxSeries: 10);

    private static BlockPart[] Cut(FreshBlocks fresh, EncodedWindow window, int open = 0, int end = 20)
    {
        Queue<BlockPart> parts = [];
        fresh.Cut(window, open, end, parts);
        return [.. parts];
    }

    private static EncodedWindow Window(ulong series, long end, int steps = 60) =>
        new(series, steps, new float[steps], [], new float[steps], new float[steps]) { FirstStep = end - steps };
}

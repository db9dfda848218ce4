using Streaming.Training.Pretraining;
using Streaming.Training.Samples;
using Streaming.Training.Tests.Reference;

namespace Streaming.Training.Tests.Pretraining;

public sealed class SegmentPlanTests
{
    private static readonly TrainerOptions Options = new()
    {
        HorizonSteps = [1, 3],
        BatchWindows = 4,
        ChunkSteps = 10,
        SegmentChunks = 3,
        ValidationShare = 0.2,
        BurnInSteps = 25,
    };

    [Fact]
    public void BatchesOf_AnyEpoch_ScoresEachStepAfterTheFirstChunkOnce()
    {
        EncodedWindow[] windows = SineSeries.Windows(0, 400, 57, 123);
        var plan = new SegmentPlan(windows, Options with { StartVisits = 0 });

        for (int epoch = 0; epoch < 10; epoch++)
        {
            foreach (IGrouping<ulong, WindowPart> parts in Parts(plan, epoch).GroupBy(part => part.Window.Series))
            {
                int end = (int)(parts.First().Window.Steps * 0.8);
                int[] scored = [.. parts.SelectMany(
                    part => Enumerable.Range(part.ScoredFrom, part.End - part.ScoredFrom)).Order()];

                Assert.InRange(scored[0], 10, 19);
                Assert.Equal(Enumerable.Range(scored[0], end - scored[0]), scored);
                Assert.All(parts, part => Assert.Equal((10, end), (part.ScoredFrom - part.Start, part.LabelsBefore)));
            }
        }
    }

    [Fact]
    public void BatchesOf_StartVisits_RunTheFirstTwoChunksFromZeroState()
    {
        var plan = new SegmentPlan(SineSeries.Windows(0, 400, 12), Options with { StartVisits = 3 });

        WindowPart[] starts = [.. Parts(plan, 0).Where(part => part.ScoredFrom == 0)];

        Assert.Equal([9, 9, 9, 20, 20, 20], starts.Select(part => part.End).Order());
        Assert.All(starts, part => Assert.Equal(0, part.Start));
    }

    [Fact]
    public void BatchesOf_OtherEpochOrSeed_ChangesPhaseAndOrder()
    {
        EncodedWindow[] windows = SineSeries.Windows(0, 400, 300, 350, 200);
        var plan = new SegmentPlan(windows, Options);

        Assert.Equal(Parts(plan, 3), Parts(new SegmentPlan(windows, Options), 3));
        Assert.NotEqual(Parts(plan, 3), Parts(plan, 4));
        Assert.NotEqual(Parts(plan, 3), Parts(new SegmentPlan(windows, Options with { Seed = 18 }), 3));
    }

    [Fact]
    public void Validation_LongAndShortSeries_ScoresTheTailAfterABurnIn()
    {
        var plan = new SegmentPlan(SineSeries.Windows(0, 10, 200), Options);

        Assert.Equal([(135, 200, 160), (0, 10, 8)], plan.Validation.Select(p => (p.Start, p.End, p.ScoredFrom)));
    }

    private static WindowPart[] Parts(SegmentPlan plan, int epoch) => [.. plan.BatchesOf(epoch).SelectMany(b => b)];
}

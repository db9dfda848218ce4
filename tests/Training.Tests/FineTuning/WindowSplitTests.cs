using Streaming.Training.FineTuning;
using Streaming.Training.Samples;

namespace Streaming.Training.Tests.FineTuning;

public sealed class WindowSplitTests
{
    [Fact]
    public void Training_AnyLengthAndKey_EndsBeforeTheTailAndScoresAfterAChunk()
    {
        var split = new WindowSplit(8, 0.25);
        for (int steps = 16; steps < 80; steps++)
        {
            for (ulong key = 0; key < 20; key++)
            {
                EncodedWindow window = new(1, steps, new float[steps], [], new float[steps], new float[steps]);
                WindowPart part = split.Training(window, key);

                Assert.Equal(8 + (int)((steps - 8) * 0.75), part.End);
                Assert.InRange(part.Start, 0, 7);
                Assert.Equal(part.Start + 8, part.ScoredFrom);
                Assert.True(part.ScoredFrom < part.End);
                for (int step = 0; step < steps; step++)
                {
                    Assert.Equal(
                        step >= part.ScoredFrom && step + 5 < part.End, part.Counts(step, 5) && step < part.End);
                }
            }
        }
    }

    [Fact]
    public void Judging_AnyWindow_ScoresTheTailOnly()
    {
        var split = new WindowSplit(8, 0.25);
        var window = new EncodedWindow(1, 40, new float[40], [], new float[40], new float[40]);

        WindowPart part = split.Judging(window);

        Assert.Equal((0, 40), (part.Start, part.End));
        Assert.Equal(Enumerable.Range(32, 8), Enumerable.Range(0, 40).Where(step => part.Counts(step, 24)));
    }
}

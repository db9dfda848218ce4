using Streaming.Training.FineTuning;
using Streaming.Training.Samples;

namespace Streaming.Training.Tests.FineTuning;

public sealed class WindowSplitTests
{
    private static readonly WindowSplit split = new(8);

    [Fact]
    public void Training_AnyLengthAndKey_StaysInTheWindowAndScoresAfterAChunk()
    {
        for (int steps = 16; steps < 80; steps++)
        {
            for (ulong key = 0; key < 100; key++)
            {
                WindowPart part = split.Training(Window(steps), key);

                Assert.InRange(part.Start, 0, steps - part.Steps);
                Assert.Equal(Math.Min(steps, 40), part.Steps);
                Assert.Equal(part.Start + 8, part.ScoredFrom);
            }
        }
    }

    [Fact]
    public void Training_ManyKeys_TakesTheNewestStretchInOneOfFiveAndElseAnyOne()
    {
        EncodedWindow window = Window(1_000);
        var random = new Random(1);

        int[] ends = [.. Enumerable.Range(0, 5_000).Select(_ => split.Training(window, (ulong)random.NextInt64()).End)];

        Assert.InRange(ends.Count(end => end == 1_000), 900, 1_100);
        Assert.True(ends.Distinct().Count() > 900);
        Assert.InRange(ends.Where(end => end < 1_000).Average(), 500, 540);
    }

    [Theory]
    [InlineData(15, false)]
    [InlineData(16, true)]
    public void Fits_TwoChunks_IsEnough(int steps, bool fits) => Assert.Equal(fits, split.Fits(Window(steps)));

    private static EncodedWindow Window(int steps) =>
        new(1, steps, new float[steps], [], new float[steps], new float[steps]);
}

using Streaming.Training.FineTuning;
using Streaming.Training.Samples;

namespace Streaming.Training.Tests.FineTuning;

public sealed class BatchSequenceTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 1)]
    [InlineData(5, 2)]
    [InlineData(18, 5)]
    public void TryNext_AnyCount_CoversEachWindowOnceAnEpochInEvenBatches(int windows, int expectedBatches)
    {
        ReplayBuffer buffer = Buffer(windows);
        var sequence = new BatchSequence(buffer, new(8), batchWindows: 4, seed: 1);

        for (int epoch = 0; epoch < 3; epoch++)
        {
            WindowPart[][] batches = [.. Enumerable.Range(0, expectedBatches).Select(_ => Next(sequence))];

            IEnumerable<ulong> seen = batches.SelectMany(batch => batch).Select(part => part.Window.Series);
            Assert.Equal(Enumerable.Range(0, windows).Select(n => (ulong)n), seen.Order());
            Assert.InRange(batches.Max(batch => batch.Length) - batches.Min(batch => batch.Length), 0, 1);
            Assert.All(batches, batch => Assert.Equal(
                batch.Select(part => part.Steps).OrderDescending(), batch.Select(part => part.Steps)));
        }
    }

    [Fact]
    public void TryNext_NewerWindowInMidEpoch_IsUsedFromTheNextEpoch()
    {
        ReplayBuffer buffer = Buffer(1);
        var sequence = new BatchSequence(buffer, new(8), batchWindows: 4, seed: 1);
        EncodedWindow first = Next(sequence)[0].Window;
        buffer.Add(Window(0, 40));

        EncodedWindow second = Next(sequence)[0].Window;

        Assert.NotSame(first, second);
        Assert.Equal(40, second.Steps);
    }

    [Fact]
    public void TryNext_ShortWindows_AreLeftOutAndCounted()
    {
        ReplayBuffer buffer = Buffer(3);
        buffer.Add(Window(7, 15));
        var sequence = new BatchSequence(buffer, new(8), batchWindows: 4, seed: 1);

        Assert.Equal(3, Next(sequence).Length);
        Assert.Equal(1, sequence.Skipped);
    }

    private static WindowPart[] Next(BatchSequence sequence)
    {
        Assert.True(sequence.TryNext(out WindowPart[]? batch));
        return batch;
    }

    private static ReplayBuffer Buffer(int windows)
    {
        var buffer = new ReplayBuffer(100);
        for (int n = 0; n < windows; n++)
        {
            buffer.Add(Window((ulong)n, 20 + (n % 5)));
        }

        return buffer;
    }

    private static EncodedWindow Window(ulong series, int steps) =>
        new(series, steps, new float[steps], [], new float[steps], new float[steps]);
}

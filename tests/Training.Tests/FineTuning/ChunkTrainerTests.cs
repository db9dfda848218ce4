using Streaming.Inference.Model;
using Streaming.Training.FineTuning;
using Streaming.Training.Optimization;
using Streaming.Training.Samples;
using Streaming.Training.Tests.Reference;
using Streaming.Training.Threads;

namespace Streaming.Training.Tests.FineTuning;

public sealed class ChunkTrainerTests
{
    private static readonly ModelShape Shape = new(3, 8, 2, 2, 2);
    private static readonly FineTunerOptions Options = new() { HorizonSteps = [1, 3], ChunkSteps = 12 };

    [Fact]
    public void Train_FirstChunkOfABatch_StartsFromZeroState()
    {
        ModelParameters start = new Random(81).Parameters(Shape);
        WindowPart[] unscored = [Part(1, scoredFrom: 100)], scored = [Part(2, scoredFrom: 12)];
        ChunkTrainer used = new(start, Options), fresh = new(start, Options);

        Assert.Equal(ChunkOutcome.Carried, used.Train(unscored, 0).Outcome);
        used.Train(scored, 0);
        fresh.Train(scored, 0);

        Assert.Equal(fresh.Train(scored, 12), used.Train(scored, 12));
        Assert.Equal(fresh.Parameters.Values, used.Parameters.Values);
    }

    [Fact]
    public void Train_SecondChunk_CarriesTheStateOfTheFirst()
    {
        ModelParameters start = new Random(82).Parameters(Shape);
        ChunkTrainer carried = new(start, Options), other = new(start, Options);
        carried.Train([Part(3, scoredFrom: 12)], 0);
        other.Train([Part(4, scoredFrom: 12)], 0);

        Assert.NotEqual(
            other.Train([Part(3, scoredFrom: 12)], 12).Loss, carried.Train([Part(3, scoredFrom: 12)], 12).Loss);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Train_AnyChunk_AllocatesNothing(int threads)
    {
        using var team = new WorkerTeam(threads);
        FineTunerOptions options = Options with
        {
            Optimizer = new() { Kind = OptimizerKind.AdamW },
            Dropout = 0.2,
            L2 = 0.01,
        };
        var trainer = new ChunkTrainer(new Random(83).Parameters(Shape), options, team);
        WindowPart[] parts = [Part(5, scoredFrom: 12), Part(6, scoredFrom: 12)];

        long allocatedBytes = Allocation.Least(() =>
        {
            trainer.Train(parts, 0);
            trainer.Train(parts, 12);
        });

        Assert.Equal(0, allocatedBytes);
    }

    private static WindowPart Part(int seed, int scoredFrom) =>
        new(new Random(seed).Window(Shape, (ulong)seed, 30), 0, 30, scoredFrom, 30);
}

using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Streaming.Inference.Model;
using Streaming.Training.Optimization;
using Streaming.Training.Pretraining;
using Streaming.Training.Samples;
using Streaming.Training.Tests.Reference;

namespace Streaming.Training.Tests.Pretraining;

/// <summary>Weights after a few epochs, bit for bit: the same on every processor and number of threads.</summary>
/// <remarks>A change of arithmetic, order or seed changes the hashes; then the changelog says so.</remarks>
public sealed class TrainingChecksumTests
{
    private static readonly ModelShape Shape = new(inputs: 5, hidden: 21, layers: 2, skipInputs: 7, outputs: 3);

    [Theory]
    [InlineData(OptimizerKind.AdamW, ScheduleKind.Cosine, 1, "118203ab3d57f230")]
    [InlineData(OptimizerKind.RmsProp, ScheduleKind.Exponential, 2, "739012c7e9112eca")]
    [InlineData(OptimizerKind.Sgd, ScheduleKind.Step, 3, "ec4aa20ef69a0f98")]
    public void Run_OnThisProcessor_GivesTheRecordedWeights(
        OptimizerKind optimizer, ScheduleKind schedule, int threads, string expected)
    {
        EncodedWindow[] windows = [.. Enumerable.Range(0, 9).Select(
            n => new Random(n).Window(Shape, (ulong)n, 150 + (20 * n)))];
        var options = new TrainerOptions
        {
            HorizonSteps = [1, 2, 5],
            BatchWindows = 6,
            ChunkSteps = 16,
            SegmentChunks = 3,
            Epochs = 3,
            Dropout = 0.1,
            L1 = 1e-5,
            L2 = 1e-4,
            Optimizer = new() { Kind = optimizer },
            Schedule = new() { Kind = schedule, WarmUpUpdates = 10, StepUpdates = 20 },
            Threads = threads,
        };
        using var trainer = new Trainer(ModelInitializer.Create(Shape, seed: 6), windows, options);

        trainer.Run();

        ReadOnlySpan<byte> bits = MemoryMarshal.AsBytes<float>(trainer.Capture().Parameters);
        Assert.Equal(expected, Convert.ToHexStringLower(SHA256.HashData(bits))[..16]);
    }
}

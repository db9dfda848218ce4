using Daemon.Tests.Configuration;
using Streaming.Daemon.Pretraining;
using Streaming.Training.Pretraining;

namespace Daemon.Tests.Pretraining;

public sealed class RunStateFileTests : IDisposable
{
    private static readonly RunState State = new(
        new SortedDictionary<string, string> { ["--seed"] = "17", ["série"] = "a" },
        [new(0, 0, double.NaN, 0.5, 0, double.NaN, true), new(1, 7, 0.3, 0.25, 1e-3, 1.5, false)],
        new()
        {
            Parameters = [1, -2, 3],
            FirstMoments = [0.1f, 0.2f, 0.3f],
            SecondMoments = [4, 5, float.Epsilon],
            MeanPower = 0.9,
            SquarePower = 0.999,
            Updates = 7,
            Passes = 8,
            Seed = 17,
            Epochs = 1,
            Batches = 2,
            EpochUpdates = 3,
            LossSum = 0.7,
            NormSum = 1.1,
            LearningRate = 1e-3,
            BestParameters = [9, 8, 7],
            BestEpoch = 0,
            BestLoss = double.NaN,
        });

    private readonly TemporaryFolder folder = new();
    private readonly string path;

    public RunStateFileTests()
    {
        path = Path.Combine(folder.Path, "m.state");
        RunStateFile.Write(path, State);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Read_WhatWasWritten_ComesBackWhole()
    {
        RunState read = RunStateFile.Read(path);

        Assert.Equal(State.Facts, read.Facts);
        Assert.Equal(State.Epochs, read.Epochs);
        Assert.Equivalent(State.Trainer, read.Trainer, strict: true);
        Assert.All(
            typeof(TrainerState).GetProperties(),
            property => Assert.Equal(property.GetValue(State.Trainer), property.GetValue(read.Trainer)));
    }

    [Fact]
    public void Read_AnyDamagedByte_IsRefused()
    {
        byte[] bytes = File.ReadAllBytes(path);
        for (int at = 0; at < bytes.Length; at++)
        {
            byte[] damaged = [.. bytes];
            damaged[at] ^= 4;
            File.WriteAllBytes(path, damaged);

            InputErrorException error = Assert.Throws<InputErrorException>(() => RunStateFile.Read(path));

            Assert.StartsWith($"{path}: ", error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(11)]
    [InlineData(60)]
    public void Read_TruncatedFile_IsRefused(int length)
    {
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..length]);

        Assert.Throws<InputErrorException>(() => RunStateFile.Read(path));
    }

    [Fact]
    public void Read_NoFile_SaysHowToTrainWithout()
    {
        InputErrorException error = Assert.Throws<InputErrorException>(() => RunStateFile.Read(path + "x"));

        Assert.Contains("without --resume", error.Message, StringComparison.Ordinal);
    }
}

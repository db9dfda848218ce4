using Streaming.Inference.Model;
using Streaming.Training.Losses;
using Streaming.Training.Optimization;
using Streaming.Training.Pretraining;
using Streaming.Training.Samples;
using Streaming.Training.Tests.Reference;

namespace Streaming.Training.Tests.Pretraining;

public sealed class TrainerTests
{
    private static readonly TrainerOptions Options = new()
    {
        HorizonSteps = [1, 3],
        BatchWindows = 5,
        ChunkSteps = 12,
        SegmentChunks = 4,
        ValidationShare = 0.2,
        BurnInSteps = 24,
        Epochs = 6,
        LearningRate = 0.01,
    };

    [Fact]
    public void Run_SeasonalSeries_LearnsAndReportsEachEpoch()
    {
        var reports = new List<EpochReport>();
        var progress = new List<BatchProgress>();
        using Trainer trainer = NewTrainer(SineSeries.Windows(0.1, 300, 250, 400, 90), Options);

        TrainingEnd end = trainer.Run(reports.Add, progress.Add);

        Assert.Equal(TrainingStop.Completed, end.Stop);
        Assert.Equal(Enumerable.Range(0, 7), reports.Select(report => report.Epoch));
        Assert.True(end.BestLoss < 0.2 * reports[0].ValidationLoss, $"{end.BestLoss} after {reports[0]}");
        Assert.Equal(reports.Min(report => report.ValidationLoss), end.BestLoss);
        Assert.Equal(reports.Last(report => report.IsBest).Epoch, end.BestEpoch);
        Assert.True(reports[^1].TrainLoss < reports[1].TrainLoss);
        Assert.InRange(reports[^1].LearningRate, 0.001, 0.0015);
        Assert.All(progress, batch => Assert.InRange(batch.Batches, 1, batch.EpochBatches));
        Assert.Equal(6, progress.Count(batch => batch.Batches == batch.EpochBatches));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Run_AnyThreads_GivesTheBitsOfOne(int threads)
    {
        EncodedWindow[] windows = SineSeries.Windows(0.3, 300, 250, 400, 90);
        var reports = new List<EpochReport>[] { [], [] };
        using Trainer one = NewTrainer(windows, Options);
        using Trainer many = NewTrainer(windows, Options with { Threads = threads });

        one.Run(reports[0].Add);
        many.Run(reports[1].Add);

        Assert.Equal(reports[0], reports[1]);
        Assert.Equivalent(one.Capture(), many.Capture(), strict: true);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(11)]
    public void Restore_AfterACancellation_GivesTheBitsOfARunWithoutPause(int pause)
    {
        EncodedWindow[] windows = SineSeries.Windows(0.3, 300, 250, 400, 90);
        TrainerOptions options = Options with
        {
            Dropout = 0.2,
            L2 = 1e-4,
            Optimizer = new() { Kind = OptimizerKind.AdamW },
            Threads = 2,
        };
        var expected = new List<EpochReport>();
        var actual = new List<EpochReport>();
        using Trainer whole = NewTrainer(windows, options), first = NewTrainer(windows, options);
        using Trainer second = NewTrainer(windows, options);
        using var cancellation = new CancellationTokenSource();
        int batches = 0;

        TrainingEnd expectedEnd = whole.Run(expected.Add);
        TrainingEnd paused = first.Run(
            actual.Add, _ => CancelAt(cancellation, ++batches == pause), cancellation.Token);
        second.Restore(first.Capture());
        TrainingEnd end = second.Run(actual.Add);

        Assert.Equal(TrainingStop.Cancelled, paused.Stop);
        Assert.Equal(pause, batches);
        Assert.Equal(expected, actual);
        Assert.Equal(expectedEnd.Best.Values, end.Best.Values);
        Assert.Equivalent(whole.Capture(), second.Capture(), strict: true);
    }

    [Fact]
    public void Restore_StateCapturedAsAnEpochEnds_GivesTheBitsOfARunWithoutPause()
    {
        EncodedWindow[] windows = SineSeries.Windows(0.3, 300, 250);
        using Trainer whole = NewTrainer(windows, Options);
        var states = new List<TrainerState>();

        TrainingEnd expected = whole.Run(_ => states.Add(whole.Capture()));

        Assert.All(states, state =>
        {
            using Trainer resumed = NewTrainer(windows, Options);
            resumed.Restore(state);
            Assert.Equal(expected.Best.Values, resumed.Run().Best.Values);
            Assert.Equivalent(whole.Capture(), resumed.Capture(), strict: true);
        });
    }

    [Fact]
    public void Run_NoiseAlone_StopsEarlyWithTheBestWeights()
    {
        EncodedWindow[] windows = [.. Enumerable.Range(0, 6).Select(
            n => new Random(n).Window(SineSeries.Shape, (ulong)n, 200))];
        var reports = new List<EpochReport>();
        using Trainer trainer = NewTrainer(windows, Options with { Epochs = 100, Patience = 3, LearningRate = 0.03 });

        TrainingEnd end = trainer.Run(reports.Add);

        Assert.Equal(TrainingStop.EarlyStopped, end.Stop);
        Assert.Equal(end.BestEpoch + 3, reports[^1].Epoch);
        Assert.Equal(reports.Min(report => report.ValidationLoss), end.BestLoss);
        using Trainer again = new(end.Best, windows, Options);
        var judged = new List<EpochReport>();
        again.Run(judged.Add);
        Assert.Equal(end.BestLoss, judged[0].ValidationLoss);
    }

    [Fact]
    public void Run_OtherValuesInTheValidationTail_TrainsTheSameWeights()
    {
        EncodedWindow[] windows = SineSeries.Windows(0.1, 300, 250), changed = SineSeries.Windows(0.1, 300, 250);
        foreach (EncodedWindow window in changed)
        {
            int tail = (int)(window.Steps * 0.8);
            Array.Fill(window.Inputs, 5, tail * 3, (window.Steps - tail) * 3);
            for (int n = 0; n < window.Targets.Length; n++)
            {
                window.Targets[n] = (n / 2) + Options.HorizonSteps[n % 2] >= tail ? 7 : window.Targets[n];
            }
        }

        using Trainer first = NewTrainer(windows, Options with { Patience = 99 });
        using Trainer second = NewTrainer(changed, Options with { Patience = 99 });
        double loss = first.Run().BestLoss, changedLoss = second.Run().BestLoss;

        Assert.Equal(first.Capture().Parameters, second.Capture().Parameters);
        Assert.NotEqual(loss, changedLoss);
    }

    [Fact]
    public void Run_NaNInASeries_NamesItAndKeepsTheStart()
    {
        EncodedWindow[] windows = SineSeries.Windows(0.1, 300, 250);
        windows[1].Inputs[100] = float.NaN;
        using Trainer trainer = NewTrainer(windows, Options);

        TrainingEnd end = trainer.Run();

        Assert.Equal(TrainingStop.BadData, end.Stop);
        Assert.Contains("series 0000000000000001", end.Reason, StringComparison.Ordinal);
        Assert.Equal(Start().Values, end.Best.Values);
    }

    [Theory]
    [InlineData(1e38)]
    [InlineData(1e4)]
    public void Run_ExplodingSteps_StopsWithTheBestWeights(double rate)
    {
        var options = Options with
        {
            LearningRate = rate,
            Loss = LossKind.MeanSquared,
            Optimizer = new() { Kind = OptimizerKind.Sgd },
            ClipNorm = 1e30,
        };
        using Trainer trainer = NewTrainer(SineSeries.Windows(0.1, 300, 250), options);

        TrainingEnd end = trainer.Run();

        Assert.Equal(TrainingStop.Diverged, end.Stop);
        Assert.Contains("loss", end.Reason, StringComparison.Ordinal);
        Assert.Equal(Start().Values, end.Best.Values);
    }

    [Fact]
    public void Run_WithoutValidation_RunsAllEpochsAndKeepsTheLastWeights()
    {
        using Trainer trainer = NewTrainer(
            SineSeries.Windows(0.1, 300, 250), Options with { ValidationShare = 0, Patience = 1 });

        TrainingEnd end = trainer.Run();

        Assert.Equal((TrainingStop.Completed, 6), (end.Stop, end.BestEpoch));
        Assert.Equal(trainer.Capture().Parameters, end.Best.Values);
    }

    [Fact]
    public void Run_UpdatesOfTheFirstEpoch_AreThosePlanned()
    {
        EncodedWindow[] windows = SineSeries.Windows(0.1, 300, 250, 13);
        var reports = new List<EpochReport>();
        using Trainer trainer = NewTrainer(windows, Options with { Epochs = 1 });

        trainer.Run(reports.Add);

        Assert.Equal(new SegmentPlan(windows, Options with { Epochs = 1 }).PlannedUpdates, reports[1].Updates);
    }

    [Fact]
    public void Restore_StateOfAnotherShapeOrSeed_Throws()
    {
        EncodedWindow[] windows = SineSeries.Windows(0.1, 300);
        using Trainer trainer = NewTrainer(windows, Options);
        TrainerState state = trainer.Capture();

        Assert.Throws<ArgumentException>(() => trainer.Restore(state with { Seed = 1 }));
        Assert.Throws<ArgumentException>(() => trainer.Restore(state with { Parameters = new float[3] }));
    }

    private static void CancelAt(CancellationTokenSource cancellation, bool isDue)
    {
        if (isDue)
        {
            cancellation.Cancel();
        }
    }

    private static ModelParameters Start() => ModelInitializer.Create(SineSeries.Shape, seed: 3);

    private static Trainer NewTrainer(EncodedWindow[] windows, TrainerOptions options) =>
        new(Start(), windows, options);
}

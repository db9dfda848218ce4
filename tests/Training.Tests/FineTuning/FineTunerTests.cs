using Streaming.Inference.Model;
using Streaming.Training.FineTuning;
using Streaming.Training.Samples;
using Streaming.Training.Tests.Reference;

namespace Streaming.Training.Tests.FineTuning;

public sealed class FineTunerTests
{
    private static readonly ModelShape Shape = new(3, 8, 2, 2, 2);

    private static readonly FineTunerOptions Options = new()
    {
        HorizonSteps = [1, 3],
        BatchWindows = 8,
        ChunkSteps = 12,
        Schedule = new() { WarmUpUpdates = 5, RunUpdates = 100 },
        LearningRate = 0.01,
    };

    [Fact]
    public void Judge_SeasonalSeries_LearnsAndPromotes()
    {
        FineTuner tuner = Tuner(SeasonalWindows(12), Options);
        Train(tuner, 120);

        Verdict verdict = tuner.Judge();
        ModelParameters promoted = tuner.Promote();

        Assert.True(verdict.Promote, verdict.Reason);
        Assert.True(verdict.ChallengerLoss < 0.4 * verdict.ChampionLoss, $"{verdict}");
        Assert.True(verdict.Updates > 50);
        Assert.Equal(12, verdict.Series);
        Assert.Equal(promoted.Values, tuner.CopyChampion().Values);
        Assert.Equal(promoted.Values, tuner.CopyChallenger().Values);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Judge_PureNoise_DoesNotPromote(int seed)
    {
        FineTuner tuner = Tuner(NoiseWindows(seed, 12, 96), Options with { Seed = seed });
        for (int run = 0; run < 3; run++)
        {
            Train(tuner, 40);

            Assert.False(tuner.Judge().Promote);
        }
    }

    [Fact]
    public void Judge_WorseTooOften_StartsOverFromTheChampion()
    {
        EncodedWindow[] windows = SeasonalWindows(6);
        foreach (EncodedWindow window in windows)
        {
            int tail = (12 + ((108 - 12) * 3 / 4)) * 2;
            Array.ConvertAll(window.Targets[tail..], target => -target).CopyTo(window.Targets, tail);
        }

        FineTuner tuner = Tuner(windows, Options with { MaxWorseRuns = 2 });
        Train(tuner, 60);
        Verdict first = tuner.Judge();
        Train(tuner, 60);
        Verdict second = tuner.Judge();

        Assert.True(first.RelativeGain < 0 && second.RelativeGain < 0);
        Assert.Equal((false, true), (first.StartsOver, second.StartsOver));
        Assert.Equal(tuner.CopyChampion().Values, tuner.CopyChallenger().Values);
        Train(tuner, 60);
        Assert.False(tuner.Judge().StartsOver);
    }

    [Fact]
    public void TrainChunk_SameSeed_GivesTheSameBits()
    {
        FineTuner first = Tuner(NoiseWindows(1, 20, 70), Options), second = Tuner(NoiseWindows(1, 20, 70), Options);
        FineTuner other = Tuner(NoiseWindows(1, 20, 70), Options with { Seed = 18 });

        ChunkReport[] reports = Train(first, 60);

        Assert.Equal(reports, Train(second, 60));
        Assert.Equal(first.CopyChallenger().Values, second.CopyChallenger().Values);
        Assert.Equal(first.Judge() with { ChampionLossByOutput = [], ChallengerLossByOutput = [] },
            second.Judge() with { ChampionLossByOutput = [], ChallengerLossByOutput = [] });
        Train(other, 60);
        Assert.NotEqual(first.CopyChallenger().Values, other.CopyChallenger().Values);
    }

    [Fact]
    public void TrainChunk_OtherValuesInTheHeldOutTail_ChangesNoBit()
    {
        EncodedWindow[] windows = NoiseWindows(2, 9, 90), changed = NoiseWindows(2, 9, 90);
        var random = new Random(3);
        int tail = 12 + ((90 - 12) * 3 / 4);
        foreach (EncodedWindow window in changed)
        {
            Replace(window.Inputs, 3, (step, _) => step >= tail, random);
            Replace(window.Skip, 2, (step, _) => step >= tail, random);
            Replace(window.Targets, 2, (step, k) => step + Options.HorizonSteps[k] >= tail, random);
        }

        FineTuner first = Tuner(windows, Options), second = Tuner(changed, Options);
        Train(first, 80);
        Train(second, 80);

        Assert.Equal(first.CopyChallenger().Values, second.CopyChallenger().Values);
        Assert.NotEqual(first.Judge().ChallengerLoss, second.Judge().ChallengerLoss);
    }

    [Fact]
    public void TrainChunk_LastLabelBeforeTheTail_StillTrains()
    {
        EncodedWindow[] windows = NoiseWindows(2, 9, 90), changed = NoiseWindows(2, 9, 90);
        int last = 12 + ((90 - 12) * 3 / 4) - 1;
        (windows[0].Targets[(last - 1) * 2], windows[0].Weights[(last - 1) * 2]) = (0, 1);
        (changed[0].Targets[(last - 1) * 2], changed[0].Weights[(last - 1) * 2]) = (1, 1);

        FineTuner first = Tuner(windows, Options), second = Tuner(changed, Options);
        Train(first, 80);
        Train(second, 80);

        Assert.NotEqual(first.CopyChallenger().Values, second.CopyChallenger().Values);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Judge_NaNInData_StopsTheRunAndLeavesTheChampion(bool inTarget)
    {
        EncodedWindow[] windows = [.. SeasonalWindows(6), .. NoiseWindows(4, 1, 80)];
        (inTarget ? windows[6].Targets : windows[6].Inputs)[80] = float.NaN;
        windows[6].Weights[80] = 1;
        FineTuner tuner = Tuner(windows, Options);
        float[] champion = tuner.CopyChampion().Values;

        ChunkReport last = Train(tuner, 100)[^1];
        Verdict verdict = tuner.Judge();

        Assert.Equal(ChunkOutcome.Stopped, last.Outcome);
        Assert.True(verdict.Stopped);
        Assert.False(verdict.Promote);
        Assert.Contains("not finite", verdict.Reason, StringComparison.Ordinal);
        Assert.Equal(champion, tuner.CopyChampion().Values);
        Assert.Equal(champion, tuner.CopyChallenger().Values);
        Assert.Throws<InvalidOperationException>(tuner.Promote);
        Assert.Equal(6, tuner.Windows);
        Assert.DoesNotContain(Train(tuner, 20), report => report.Outcome == ChunkOutcome.Stopped);
    }

    [Fact]
    public void Judge_NaNInTheTailOnly_StopsTheRun()
    {
        EncodedWindow[] windows = SeasonalWindows(6);
        windows[2].Inputs[^2] = float.NaN;
        FineTuner tuner = Tuner(windows, Options);

        Assert.DoesNotContain(Train(tuner, 20), report => report.Outcome == ChunkOutcome.Stopped);
        Assert.True(tuner.Judge().Stopped);
        Assert.Equal(5, tuner.Windows);
    }

    [Fact]
    public void TrainChunk_ExplodingStep_StopsTheRun()
    {
        FineTuner tuner = Tuner(SeasonalWindows(6), Options with { LearningRate = 1e38 });

        Assert.Equal(ChunkOutcome.Stopped, Train(tuner, 40)[^1].Outcome);
        Assert.True(tuner.Judge().Stopped);
    }

    [Fact]
    public void TrainChunk_OnlyShortWindows_IsIdleAndCountsThem()
    {
        FineTuner tuner = Tuner(NoiseWindows(5, 3, 23), Options);

        Assert.Equal(ChunkOutcome.Idle, tuner.TrainChunk().Outcome);
        Assert.Equal(3, tuner.SkippedWindows);
        Assert.Equal(3, tuner.Judge().SkippedWindows);
    }

    [Fact]
    public void Promote_WithoutAVerdictThatAsksForIt_Throws()
    {
        FineTuner tuner = Tuner(SeasonalWindows(12), Options);
        Train(tuner, 120);
        Assert.True(tuner.Judge().Promote);
        tuner.TrainChunk();

        Assert.Throws<InvalidOperationException>(tuner.Promote);
    }

    [Fact]
    public void Replace_NewChampion_StartsTheChallengerFromIt()
    {
        FineTuner tuner = Tuner(SeasonalWindows(6), Options);
        Train(tuner, 10);
        ModelParameters other = new Random(8).Parameters(Shape);

        tuner.Replace(other);

        Assert.Equal(other.Values, tuner.CopyChampion().Values);
        Assert.Equal(other.Values, tuner.CopyChallenger().Values);
        Assert.Equal(0, tuner.Updates);
    }

    [Fact]
    public void Add_WindowOfOtherWidths_Throws()
    {
        var window = new EncodedWindow(1, 30, new float[30], new float[60], new float[60], new float[60]);

        Assert.Throws<ArgumentException>(() => Tuner([], Options).Add(window));
    }

    [Fact]
    public void Constructor_OptionOutOfBounds_NamesIt()
    {
        ArgumentException error =
            Assert.Throws<ArgumentException>(() => Tuner([], Options with { HorizonSteps = [1] }));

        Assert.Contains("HorizonSteps", error.Message, StringComparison.Ordinal);
    }

    private static FineTuner Tuner(EncodedWindow[] windows, FineTunerOptions options)
    {
        ModelParameters champion = new Random(9).Parameters(Shape, 0.35);
        champion.HeadWeights.Clear();
        champion.SkipWeights.Clear();
        champion.HeadBias.Clear();
        var tuner = new FineTuner(champion, options);
        Array.ForEach(windows, tuner.Add);
        return tuner;
    }

    private static ChunkReport[] Train(FineTuner tuner, int chunks) =>
        [.. Enumerable.Range(0, chunks).Select(_ => tuner.TrainChunk())];

    /// <summary>Sines of period 12 with noise; the target is the change from now to the horizon.</summary>
    private static EncodedWindow[] SeasonalWindows(int count)
    {
        var windows = new EncodedWindow[count];
        for (int series = 0; series < count; series++)
        {
            var random = new Random(series);
            double phase = random.NextDouble() * 12;
            double[] x = [.. Enumerable.Range(0, 111).Select(
                t => Math.Sin((t + phase) * Math.PI / 6) + (0.1 * ((random.NextDouble() * 2) - 1)))];
            float[] inputs = new float[108 * 3], skip = new float[108 * 2], targets = new float[108 * 2];
            for (int t = 0; t < 108; t++)
            {
                inputs[t * 3] = (float)x[t];
                inputs[(t * 3) + 1] = (float)(x[t] - x[Math.Max(0, t - 1)]);
                skip[t * 2] = (float)x[Math.Max(0, t - 3)];
                targets[t * 2] = (float)(x[t + 1] - x[t]);
                targets[(t * 2) + 1] = (float)(x[t + 3] - x[t]);
            }

            float[] weights = new float[targets.Length];
            Array.Fill(weights, 1);
            windows[series] = new((ulong)series, 108, inputs, skip, targets, weights);
        }

        return windows;
    }

    private static EncodedWindow[] NoiseWindows(int seed, int count, int steps) =>
        [.. Enumerable.Range(0, count).Select(
            n => new Random((seed * 1000) + n).Window(Shape, (ulong)(n + 50), steps))];

    private static void Replace(float[] values, int width, Func<int, int, bool> where, Random random)
    {
        for (int n = 0; n < values.Length; n++)
        {
            values[n] = where(n / width, n % width) ? (float)(random.NextDouble() * 9) : values[n];
        }
    }
}

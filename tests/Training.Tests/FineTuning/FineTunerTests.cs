using Streaming.Inference.Model;
using Streaming.Training.FineTuning;
using Streaming.Training.Samples;
using Streaming.Training.Tests.Reference;

namespace Streaming.Training.Tests.FineTuning;

public sealed class FineTunerTests
{
    private static readonly ModelShape Shape = new(3, 8, 2, 2, 2);

    private const int Start = 120;
    private const int AdvanceSteps = 8;

    private static readonly FineTunerOptions Options = new()
    {
        HorizonSteps = [1, 3],
        BatchWindows = 8,
        ChunkSteps = 12,
        BlockSteps = 12,
        BurnInSteps = 24,
        Schedule = new() { WarmUpUpdates = 5, RunUpdates = 100 },
        LearningRate = 0.01,
    };

    [Theory]
    [InlineData(1)]
    [InlineData(12)]
    public void Decide_SnapshotHasLearnt_PromotesItAsItWas(int series)
    {
        SeasonalStream[] streams = SeasonalStream.Many(series);
        FineTuner tuner = Tuner(WindowsAt(streams, Start), Options);
        Train(tuner, 120);
        Assert.Null(tuner.EndRun());
        float[] snapshot = tuner.CopyChallenger().Values;
        Train(tuner, 20);

        Verdict verdict = Advance(tuner, streams, Start);
        ModelParameters promoted = tuner.Promote();

        Assert.Equal(Decision.Promote, verdict.Decision);
        Assert.InRange(verdict.Candidate.Blocks, 5, 20);
        Assert.Equal(series, verdict.Candidate.Series);
        Assert.True(verdict.Candidate.RivalLoss < 0.4 * verdict.Candidate.ChampionLoss, $"{verdict}");
        Assert.Equal(snapshot, promoted.Values);
        Assert.Equal(snapshot, tuner.CopyChampion().Values);
        Assert.NotEqual(snapshot, tuner.CopyChallenger().Values);
        Assert.False(tuner.IsJudging);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Decide_PureNoise_NeverPromotes(int seed)
    {
        FineTuner tuner = Tuner(NoiseWindows(seed, 12, 96), Options with { Seed = seed });
        for (int time = 0; time < 60; time++)
        {
            Train(tuner, 20);
            tuner.EndRun();
            Array.ForEach(NoiseWindows((100 * seed) + time, 12, 96, firstStep: time * 16), tuner.Add);
            Score(tuner);

            Assert.NotEqual(Decision.Promote, tuner.Decide().Decision);
        }
    }

    [Fact]
    public void Decide_ChampionBecomesWorseThanTheOneBefore_RollsBackToThatOne()
    {
        SeasonalStream[] streams = SeasonalStream.Many(6);
        FineTuner tuner = Tuner(WindowsAt(streams, Start), Options);
        ModelParameters first = tuner.CopyChampion();
        Train(tuner, 120);
        tuner.EndRun();
        Advance(tuner, streams, Start);
        tuner.Promote();
        Array.ForEach(streams, stream => stream.TurnStep = 900);
        Array.ForEach(WindowsAt(streams, 900), tuner.Add);
        Train(tuner, 20);
        tuner.EndRun();

        Verdict verdict = Advance(tuner, streams, 900);
        ModelParameters restored = tuner.RollBack();

        Assert.Equal(Decision.RollBack, verdict.Decision);
        Assert.True(verdict.Previous!.Evidence >= verdict.Previous.RequiredEvidence);
        Assert.True(verdict.Previous.RivalLoss < verdict.Previous.ChampionLoss);
        Assert.Equal(first.Values, restored.Values);
        Assert.Equal(first.Values, tuner.CopyChampion().Values);
        Assert.Equal(first.Values, tuner.CopyChallenger().Values);
        Assert.Throws<InvalidOperationException>(tuner.RollBack);
    }

    [Fact]
    public void Decide_ChampionHoldsItsGround_EndsTheWatch()
    {
        SeasonalStream[] streams = SeasonalStream.Many(6);
        FineTuner tuner = Tuner(WindowsAt(streams, Start), Options);
        Train(tuner, 120);
        tuner.EndRun();
        Advance(tuner, streams, Start);
        tuner.Promote();
        Verdict last = tuner.Decide();
        Assert.NotNull(last.Previous);

        for (int time = 600; last.Previous is not null && time < 2_400; time += 400)
        {
            Train(tuner, 20);
            tuner.EndRun();
            last = Advance(tuner, streams, time);
            Assert.NotEqual(Decision.RollBack, last.Decision);
        }

        Assert.Null(last.Previous);
    }

    [Fact]
    public void Decide_OtherTargetsBeforeTheSnapshot_ChangeNothing()
    {
        SeasonalStream[] streams = SeasonalStream.Many(4);
        FineTuner first = Tuner(WindowsAt(streams, Start), Options), second = Tuner(WindowsAt(streams, Start), Options);
        foreach (FineTuner tuner in (FineTuner[])[first, second])
        {
            Train(tuner, 60);
            tuner.EndRun();
        }

        for (int end = Start + AdvanceSteps; end < Start + 60; end += AdvanceSteps)
        {
            EncodedWindow[] windows = WindowsAt(streams, end), changed = WindowsAt(streams, end);
            foreach (EncodedWindow window in changed)
            {
                Array.Fill(window.Targets, 7, 0, (int)(Start - window.FirstStep) * 2);
            }

            Array.ForEach(windows, first.Add);
            Array.ForEach(changed, second.Add);
            Score(first);
            Score(second);
            Assert.Equal(first.Decide(), second.Decide());
        }
    }

    [Fact]
    public void Decide_SnapshotsWorseTooOften_StartsOverFromTheChampion()
    {
        SeasonalStream[] streams = SeasonalStream.Many(6);
        FineTuner tuner = Tuner(WindowsAt(streams, Start), Options with { MaxWorseSnapshots = 2 });
        var dropped = new List<Verdict>();
        for (int time = Start; dropped.Count < 2; time += 400)
        {
            Array.ForEach(streams, stream => stream.TurnStep = int.MaxValue);
            Array.ForEach(WindowsAt(streams, time), tuner.Add);
            Train(tuner, 60);
            tuner.EndRun();
            Array.ForEach(streams, stream => stream.TurnStep = time); // what was learnt is wrong from now on
            dropped.Add(Advance(tuner, streams, time));
        }

        Assert.All(dropped, verdict => Assert.Equal(Decision.Drop, verdict.Decision));
        Assert.All(dropped, verdict => Assert.True(verdict.Candidate.RelativeGain < 0));
        Assert.Equal([false, true], dropped.Select(verdict => verdict.StartsOver));
        Assert.Equal(tuner.CopyChampion().Values, tuner.CopyChallenger().Values);
    }

    [Fact]
    public void Decide_MostSeriesFallSilent_GivesTheSnapshotUp()
    {
        SeasonalStream[] streams = SeasonalStream.Many(5);
        FineTuner tuner = Tuner(WindowsAt(streams, Start), Options with { MaxBlocks = 6 });
        Train(tuner, 60);
        tuner.EndRun();

        Verdict verdict = Advance(tuner, streams[..2], Start);

        Assert.Equal((Decision.Drop, "too few series came in time"), (verdict.Decision, verdict.Reason));
        Train(tuner, 10);
        tuner.EndRun();
        Assert.Equal(Decision.Promote, Advance(tuner, streams[..2], 600).Decision);
    }

    [Fact]
    public void TrainChunk_SameSeed_GivesTheSameBits()
    {
        FineTuner first = Tuner(NoiseWindows(1, 20, 70), Options), second = Tuner(NoiseWindows(1, 20, 70), Options);
        FineTuner other = Tuner(NoiseWindows(1, 20, 70), Options with { Seed = 18 });

        ChunkReport[] reports = Train(first, 60);

        Assert.Equal(reports, Train(second, 60));
        Assert.Equal(first.CopyChallenger().Values, second.CopyChallenger().Values);
        Train(other, 60);
        Assert.NotEqual(first.CopyChallenger().Values, other.CopyChallenger().Values);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TrainChunk_NaNInData_StopsTheRunAndLeavesTheChampion(bool inTarget)
    {
        EncodedWindow[] windows = [.. WindowsAt(SeasonalStream.Many(6), Start), .. NoiseWindows(4, 1, 60)];
        (inTarget ? windows[6].Targets : windows[6].Inputs)[100] = float.NaN;
        windows[6].Weights[100] = 1;
        FineTuner tuner = Tuner(windows, Options);
        float[] champion = tuner.CopyChampion().Values;

        ChunkReport last = Train(tuner, 100)[^1];
        string? reason = tuner.EndRun();

        Assert.Equal(ChunkOutcome.Stopped, last.Outcome);
        Assert.StartsWith("not finite: loss", reason, StringComparison.Ordinal);
        Assert.Equal(champion, tuner.CopyChampion().Values);
        Assert.Equal(champion, tuner.CopyChallenger().Values);
        Assert.False(tuner.IsJudging);
        Assert.Throws<InvalidOperationException>(tuner.Promote);
        Assert.Equal(6, tuner.Windows);
        Assert.DoesNotContain(Train(tuner, 20), report => report.Outcome == ChunkOutcome.Stopped);
    }

    [Fact]
    public void ScoreBatch_NaNInAFreshStep_DropsTheWindowAndJudgesByTheOthers()
    {
        SeasonalStream[] streams = SeasonalStream.Many(4);
        FineTuner tuner = Tuner(WindowsAt(streams, Start), Options);
        Train(tuner, 120);
        tuner.EndRun();
        EncodedWindow[] windows = WindowsAt(streams, Start + 48);
        windows[2].Inputs[^30] = float.NaN;
        Array.ForEach(windows, tuner.Add);

        Score(tuner);
        Verdict verdict = tuner.Decide();

        Assert.Equal(3, tuner.Windows);
        Assert.Equal(3, verdict.Candidate.Series);
        Assert.True(verdict.Candidate.Blocks > 0 && double.IsFinite(verdict.Candidate.RivalLoss));
    }

    [Fact]
    public void TrainChunk_ExplodingStep_StopsTheRun()
    {
        FineTuner tuner = Tuner(WindowsAt(SeasonalStream.Many(6), Start), Options with { LearningRate = 1e38 });
        float[] champion = tuner.CopyChampion().Values;

        Assert.Equal(ChunkOutcome.Stopped, Train(tuner, 40)[^1].Outcome);
        Assert.NotNull(tuner.EndRun());
        Assert.Equal(champion, tuner.CopyChampion().Values);
        Assert.Equal(champion, tuner.CopyChallenger().Values);
    }

    [Fact]
    public void TrainChunk_OnlyShortWindows_IsIdleAndCountsThem()
    {
        FineTuner tuner = Tuner(NoiseWindows(5, 3, 23), Options);

        Assert.Equal(ChunkOutcome.Idle, tuner.TrainChunk().Outcome);
        Assert.Equal(3, tuner.SkippedWindows);
        Assert.Null(tuner.EndRun());
        Assert.False(tuner.IsJudging); // nothing was trained: there is no snapshot
    }

    [Fact]
    public void Promote_WithoutAVerdictThatAsksForIt_Throws()
    {
        SeasonalStream[] streams = SeasonalStream.Many(3);
        FineTuner tuner = Tuner(WindowsAt(streams, Start), Options);
        Train(tuner, 120);
        tuner.EndRun();
        Assert.Throws<InvalidOperationException>(tuner.Promote);
        Assert.Equal(Decision.Promote, Advance(tuner, streams, Start).Decision);
        Train(tuner, 20);
        tuner.EndRun();

        Assert.Throws<InvalidOperationException>(tuner.Promote);
    }

    [Fact]
    public void Replace_NewChampion_StartsTheChallengerFromIt()
    {
        FineTuner tuner = Tuner(WindowsAt(SeasonalStream.Many(6), Start), Options);
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

    /// <summary>Lets time pass until something is decided.</summary>
    private static Verdict Advance(FineTuner tuner, SeasonalStream[] streams, int from)
    {
        Verdict verdict = tuner.Decide();
        for (int end = from; verdict.Decision == Decision.None && end < from + 400; end += AdvanceSteps)
        {
            Array.ForEach(WindowsAt(streams, end + AdvanceSteps), tuner.Add);
            Score(tuner);
            verdict = tuner.Decide();
        }

        return verdict;
    }

    private static void Score(FineTuner tuner)
    {
        while (tuner.ScoreBatch())
        {
        }
    }

    private static EncodedWindow[] WindowsAt(SeasonalStream[] streams, int end) =>
        Array.ConvertAll(streams, stream => stream.Window(end));

    private static EncodedWindow[] NoiseWindows(int seed, int count, int steps, long firstStep = 0) =>
        [.. Enumerable.Range(0, count).Select(
            n => new Random((seed * 1000) + n).Window(Shape, (ulong)(n + 50), steps, firstStep))];
}

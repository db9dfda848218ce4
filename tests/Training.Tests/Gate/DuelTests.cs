using Streaming.Training.Gate;

namespace Streaming.Training.Tests.Gate;

/// <summary>1,000 trials of 20 blocks a case; decision 10 has the whole table.</summary>
public sealed class DuelTests
{
    private const int Trials = 1_000;
    private const int Blocks = 20;

    [Theory]
    [InlineData(Noise.Gaussian, 0.1, 1)]
    [InlineData(Noise.HeavyTailed, 0.1, 1)]
    [InlineData(Noise.Bursts, 0.1, 1)]
    [InlineData(Noise.Gaussian, 0.3, 1)] // blocks far too short for the horizon
    [InlineData(Noise.HeavyTailed, 0.3, 1)]
    [InlineData(Noise.Gaussian, 0.1, 3)] // one series alone, say
    [InlineData(Noise.Gaussian, 0.1, 0.1)]
    public void RivalIsBetter_EqualModel_IsRare(Noise noise, double correlation, double size) =>
        Assert.InRange(ShareCalledBetter(0, noise, correlation, size), 0, 0.05);

    [Theory]
    [InlineData(Noise.Gaussian, 0.1)]
    [InlineData(Noise.HeavyTailed, 0.1)]
    [InlineData(Noise.Bursts, 0.1)]
    [InlineData(Noise.Gaussian, 0.3)]
    public void RivalIsBetter_ModelBetterByThreePercent_IsUsual(Noise noise, double correlation) =>
        Assert.InRange(ShareCalledBetter(0.03, noise, correlation, size: 1), 0.8, 1);

    [Theory]
    [InlineData(Noise.Gaussian)]
    [InlineData(Noise.HeavyTailed)]
    [InlineData(Noise.Bursts)]
    public void RivalIsBetter_ModelWorseByThreePercent_IsAlmostNever(Noise noise) =>
        Assert.InRange(ShareCalledBetter(-0.03, noise, 0.1, size: 1), 0, 0.002);

    /// <summary>The watch after a promotion: the rival is the version before.</summary>
    [Theory]
    [InlineData(Noise.Gaussian)]
    [InlineData(Noise.HeavyTailed)]
    [InlineData(Noise.Bursts)]
    public void RivalIsBetter_NewVersionWorseByThreePercent_UsuallyRollsBack(Noise noise)
    {
        int rolledBack = 0;
        for (int trial = 0; trial < Trials; trial++)
        {
            var blocks = new SimulatedBlocks(trial, noise, 0.1, size: 1);
            var watch = new Duel(0.05, Blocks);
            while (!watch.IsOver && !watch.RivalIsBetter && !watch.RivalIsWorse)
            {
                (double champion, double previous) = blocks.Next(1 - (1 / 1.03));
                watch.Add(champion, previous, 32);
            }

            rolledBack += watch.RivalIsBetter ? 1 : 0;
        }

        Assert.InRange(rolledBack, 0.85 * Trials, Trials);
    }

    [Fact]
    public void IsHopeless_ModelWorseByThreePercent_ComesBeforeTheBlocksAreUsedUp()
    {
        int hopeless = Enumerable.Range(0, Trials).Count(trial => Run(trial, -0.03, Noise.Bursts, 0.1, 1).IsHopeless);

        Assert.InRange(hopeless, 0.95 * Trials, Trials);
    }

    [Fact]
    public void Standing_BeforeTheFirstBlock_IsAllNumbers() =>
        Assert.Equal(new(0, 0, 0, 0, 0, 1, 1, 20), new Duel(0.05, 20).Standing);

    [Fact]
    public void Standing_AfterBlocks_TellsMeansAndGain()
    {
        var duel = new Duel(0.05, maxBlocks: 2);
        duel.Add(2, 1.5, 7);
        Assert.False(duel.IsOver);
        duel.Add(4, 3.3, 5);

        Standing standing = duel.Standing;

        Assert.True(duel.IsOver);
        Assert.Equal((2, 5, 3.0, 20.0), (
            standing.Blocks, standing.Series, standing.ChampionLoss, standing.RequiredEvidence));
        Assert.Equal(2.4, standing.RivalLoss, 1e-12);
        Assert.Equal(0.2, standing.RelativeGain, 1e-12);
        Assert.True(standing.Evidence > 1 && standing.EvidenceAgainst < 1);
    }

    [Fact]
    public void Add_LossesExchanged_ExchangesTheEvidence()
    {
        Duel forth = new(0.05, 20), back = new(0.05, 20);
        var blocks = new SimulatedBlocks(3, Noise.Bursts, 0.1, 1);
        for (int n = 0; n < 10; n++)
        {
            (double first, double second) = blocks.Next(0.02);
            forth.Add(first, second, 32);
            back.Add(second, first, 32);
        }

        Assert.Equal(forth.Standing.Evidence, back.Standing.EvidenceAgainst);
        Assert.Equal(forth.Standing.EvidenceAgainst, back.Standing.Evidence);
    }

    [Fact]
    public void Add_NoLossAtAll_IsNoEvidence()
    {
        var duel = new Duel(0.05, 20);

        duel.Add(0, 0, 1);

        Assert.Equal(1, duel.Standing.Evidence);
    }

    private static double ShareCalledBetter(double gain, Noise noise, double correlation, double size) =>
        Enumerable.Range(0, Trials).Count(trial => Run(trial, gain, noise, correlation, size).RivalIsBetter)
            / (double)Trials;

    /// <summary>One trial, read after every block and stopped where the gate would stop.</summary>
    private static Duel Run(int trial, double gain, Noise noise, double correlation, double size)
    {
        var blocks = new SimulatedBlocks(trial, noise, correlation, size);
        var duel = new Duel(0.05, Blocks);
        while (!duel.IsOver && !duel.RivalIsBetter && !duel.IsHopeless)
        {
            (double champion, double rival) = blocks.Next(gain);
            duel.Add(champion, rival, 32);
        }

        return duel;
    }
}

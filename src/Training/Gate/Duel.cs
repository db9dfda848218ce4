namespace Streaming.Training.Gate;

/// <summary>A rival against the champion, over time blocks that neither was trained on.</summary>
/// <remarks>Two tests run side by side, one for each answer. Not thread-safe.</remarks>
/// <param name="falseRate">Chance, at most, that an equal rival is called better; the same for worse.</param>
/// <param name="maxBlocks">Blocks after which it ends undecided.</param>
internal sealed class Duel(double falseRate, int maxBlocks)
{
    /// <summary>Evidence below which a gain is given up: few that fall so low ever come back (decision 10).</summary>
    private const double Hopeless = 0.3;

    private readonly SequentialTest better = new();
    private readonly SequentialTest worse = new();
    private readonly double required = 1 / falseRate;
    private double championSum;
    private double rivalSum;
    private int blocks;
    private int series;

    /// <summary>Whether the rival is shown to be better.</summary>
    public bool RivalIsBetter => better.Evidence >= required;

    /// <summary>Whether the rival is shown to be worse.</summary>
    public bool RivalIsWorse => worse.Evidence >= required;

    /// <summary>Whether more blocks are unlikely to show that the rival is better.</summary>
    public bool IsHopeless => better.Evidence < Hopeless;

    /// <summary>Whether its blocks are used up.</summary>
    public bool IsOver => blocks >= maxBlocks;

    /// <summary>Share of the champion's loss that the rival saves; negative where it loses more.</summary>
    public double RelativeGain => championSum > 0 ? 1 - (rivalSum / championSum) : 0;

    /// <summary>The numbers so far.</summary>
    public Standing Standing
    {
        get
        {
            double count = Math.Max(1, blocks);
            return new(
                blocks, series, championSum / count, rivalSum / count, RelativeGain, better.Evidence, worse.Evidence,
                required);
        }
    }

    /// <summary>Takes the next block: mean losses on the same labels, at least zero and finite.</summary>
    /// <remarks>The difference is relative to the mean of both, so that exchanging the two changes its sign alone.
    /// </remarks>
    public void Add(double championLoss, double rivalLoss, int blockSeries)
    {
        double sum = championLoss + rivalLoss;
        double difference = sum > 0 ? 2 * (championLoss - rivalLoss) / sum : 0;
        better.Add(difference);
        worse.Add(-difference);
        championSum += championLoss;
        rivalSum += rivalLoss;
        series = blockSeries;
        blocks++;
    }
}

namespace Streaming.Training.Gate;

/// <summary>Evidence, block by block, that a forecaster is better: a test that may be read at any time.</summary>
/// <remarks>
/// A bettor puts a share of its wealth on every block and wins that share times the block's outcome in [-1, 1]. Where
/// the two are equal, no bet gains on average, so that the chance that wealth ever reaches 1/a is at most a (Ville
/// 1939): the test holds however often it is read and whenever it is stopped. Wealth is averaged over a few bets,
/// since the best one is not known. An outcome is the difference over a bound that past blocks fix, clipped: what is
/// asked is whether the outcome's distribution is symmetric about zero, which is so for equal forecasters however
/// heavy its tails are. Products and sums alone: the same bits on every processor. Source: Choe and Ramdas, Comparing
/// Sequential Forecasters, 2023; betting, Waudby-Smith and Ramdas 2024. Not thread-safe.
/// </remarks>
internal sealed class SequentialTest
{
    /// <summary>Mean sizes of past differences at which an outcome is clipped: about 1.6 deviations.</summary>
    private const double BoundInSizes = 2;

    /// <summary>What stands for the size of differences before the first block, and weighs as one block after it.
    /// </summary>
    private const double FirstSize = 0.05;

    private static readonly double[] bets = [0.3, 0.6, 0.9];

    private readonly double[] wealth = [1, 1, 1];
    private double sizes = FirstSize;
    private int blocks;

    /// <summary>Mean wealth: 1 at the start; 20 is reached by an equal forecaster in one trial of 20 at most.</summary>
    public double Evidence => (wealth[0] + wealth[1] + wealth[2]) / wealth.Length;

    /// <summary>Takes the next block.</summary>
    /// <param name="difference">Relative difference of losses, positive in favour; finite.</param>
    public void Add(double difference)
    {
        double bound = BoundInSizes * sizes / (blocks + 1);
        double outcome = Math.Clamp(difference / bound, -1, 1);
        for (int n = 0; n < bets.Length; n++)
        {
            wealth[n] *= 1 + (bets[n] * outcome);
        }

        sizes += Math.Min(Math.Abs(difference), bound);
        blocks++;
    }
}

namespace Streaming.Training.Tests.Gate;

/// <summary>How the losses of two equal models differ from block to block.</summary>
public enum Noise
{
    /// <summary>Gaussian, independent from block to block.</summary>
    Gaussian,

    /// <summary>Student's t with 3 degrees of freedom.</summary>
    HeavyTailed,

    /// <summary>One block in ten is four times as wild as the others.</summary>
    Bursts,
}

/// <summary>Mean losses of two models over 32 series, block by block.</summary>
/// <remarks>
/// Levels of series lie between 0.2 and 1.8. A model's loss in a block is the level times 1 + noise, a part of it
/// common to all series, a part the series' own, both autocorrelated; each model draws its own, so that equal models
/// may be exchanged. With sizes of 1 the relative difference of two models has a standard deviation of 0.03 a block,
/// as was measured between successive versions in the demo (17 series, blocks of 48 steps: 0.025 to 0.04).
/// </remarks>
internal sealed class SimulatedBlocks
{
    private const int Series = 32;
    private const double Common = 0.0145;
    private const double Own = 0.076;

    private readonly Random random;
    private readonly Noise noise;
    private readonly double size;
    private readonly double correlation;
    private readonly double[] states = new double[2 * (Series + 1)];
    private readonly double[] levels = new double[Series];

    public SimulatedBlocks(int seed, Noise noise, double correlation, double size)
    {
        (random, this.noise, this.correlation, this.size) = (new Random(seed), noise, correlation, size);
        for (int n = 0; n < Series; n++)
        {
            levels[n] = 0.2 + (1.6 * random.NextDouble());
        }

        for (int n = 0; n < states.Length; n++)
        {
            states[n] = Draw(1);
        }
    }

    /// <summary>Mean losses of the next block.</summary>
    /// <param name="gain">Share of the first model's loss that the second saves, on average.</param>
    public (double First, double Second) Next(double gain)
    {
        double burst = noise == Noise.Bursts ? (random.Next(10) == 0 ? 4 : 1) / Math.Sqrt(2.5) : 1;
        double[] losses = new double[2];
        for (int model = 0; model < 2; model++)
        {
            double common = Advance(model * (Series + 1), burst) * Common;
            for (int n = 0; n < Series; n++)
            {
                double own = Advance((model * (Series + 1)) + 1 + n, burst) * Own;
                losses[model] += Math.Max(0, levels[n] * (1 + (size * (common + own)))) / Series;
            }
        }

        return (losses[0], losses[1] * (1 - gain));
    }

    private double Advance(int n, double burst)
    {
        states[n] = (correlation * states[n]) + (Math.Sqrt(1 - (correlation * correlation)) * Draw(burst));
        return states[n];
    }

    /// <summary>Of mean 0 and variance 1, times a burst's size.</summary>
    private double Draw(double burst)
    {
        if (noise != Noise.HeavyTailed)
        {
            return burst * Gauss();
        }

        double squares = Enumerable.Range(0, 3).Sum(_ => Math.Pow(Gauss(), 2));
        return Gauss() / Math.Sqrt(squares);
    }

    private double Gauss() =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}

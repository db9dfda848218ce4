namespace Benchmarks.Experts;

/// <summary>Sums of errors by forecaster and horizon.</summary>
internal sealed class ErrorSums(int forecasters, int horizons)
{
    private readonly double[] sums = new double[forecasters * horizons];
    private readonly long[] counts = new long[forecasters * horizons];

    /// <summary>Adds one error; one that is not finite doesn't count.</summary>
    public void Add(int forecaster, int horizon, double error)
    {
        if (double.IsFinite(error))
        {
            sums[(forecaster * horizons) + horizon] += error;
            counts[(forecaster * horizons) + horizon]++;
        }
    }

    /// <summary>Mean over horizons 1 to <paramref name="horizonCount"/>; NaN where one has none.</summary>
    public double Mean(int forecaster, int horizonCount)
    {
        double mean = 0;
        for (int k = 0; k < horizonCount; k++)
        {
            int at = (forecaster * horizons) + k;
            mean += sums[at] / counts[at] / horizonCount;
        }

        return mean;
    }
}

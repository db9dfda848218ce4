namespace Benchmarks.Learn;

/// <summary>Mean squared errors of all channels, in squared deviations of their training part.</summary>
internal sealed class SquaredErrors(double[] deviations, int horizons)
{
    private readonly double[] sums = new double[horizons];
    private long origins;

    /// <summary>Scores the last step's forecasts.</summary>
    public void Add(Prequential run, int step)
    {
        for (int c = 0; c < deviations.Length; c++)
        {
            for (int k = 0; k < horizons; k++)
            {
                double error = run.Error(c, step, k) / deviations[c];
                sums[k] += error * error;
            }
        }

        origins += deviations.Length;
    }

    /// <summary>Mean over horizons 1 to <paramref name="horizon"/>.</summary>
    public double Mean(int horizon) => sums.Take(horizon).Average() / origins;
}

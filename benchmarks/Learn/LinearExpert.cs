namespace Benchmarks.Learn;

/// <summary>Recursive least squares on the last values of one series: the strongest linear rule it can have.</summary>
/// <remarks>Forecasts the next change from lagged differences to the newest value, and a season's.</remarks>
internal sealed class LinearExpert(int lags, int season)
{
    private const double Forgetting = 0.9999;

    private readonly int width = lags + 2;
    private readonly double[] weights = new double[lags + 2];
    private readonly double[] features = new double[lags + 2];
    private readonly double[] gain = new double[lags + 2];
    private readonly double[] covariance =
        [.. Enumerable.Range(0, (lags + 2) * (lags + 2)).Select(n => n % (lags + 3) == 0 ? 100.0 : 0)];

    /// <summary>Learns that value t followed what came before it.</summary>
    public void Learn(double[] values, int t, double scale)
    {
        Load(values, t - 1, scale);
        double error = ((values[t] - values[t - 1]) / scale) - Dot(weights, features), power = Forgetting;
        for (int i = 0; i < width; i++)
        {
            gain[i] = Dot(covariance.AsSpan(i * width, width), features);
            power += features[i] * gain[i];
        }

        for (int i = 0; i < width; i++)
        {
            weights[i] += gain[i] / power * error;
            for (int j = 0; j < width; j++)
            {
                int at = (i * width) + j;
                covariance[at] = (covariance[at] - (gain[i] * gain[j] / power)) / Forgetting;
            }
        }
    }

    /// <summary>Forecast of value t + 1.</summary>
    public double Forecast(double[] values, int t, double scale)
    {
        Load(values, t, scale);
        return values[t] + (scale * Dot(weights, features));
    }

    private void Load(double[] values, int t, double scale)
    {
        for (int k = 0; k < lags; k++)
        {
            features[k] = t > k ? (values[t - k - 1] - values[t]) / scale : 0;
        }

        int week = 7 * season;
        features[lags] = t + 1 >= week ? (values[t + 1 - week] - values[t]) / scale : 0;
        features[lags + 1] = 1;
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }
}

using Streaming.Inference.Series;
using Streaming.Inference.Series.Codec;

namespace Streaming.Inference.Experts;

/// <summary>Finds the season of a series by autocorrelation, as its values come.</summary>
/// <remarks>
/// Products of the deviation of a value with those of its lags are averaged with a discount, one lag a cell. The season
/// is the lag of the first peak of the autocorrelation past its fall below zero that no later one exceeds by a tenth,
/// and is asked for only every so many steps: it changes seldom. Allocates nothing in a step. Not thread-safe.
/// </remarks>
/// <param name="mostSteps">Longest season looked for.</param>
internal sealed class SeasonFinder(int mostSteps)
{
    private const double Memory = 0.999;
    private const double LeastCorrelation = 0.3;
    private const int LeastSteps = 3;

    /// <summary>How much higher a later peak must be: multiples of a season are nearly as high.</summary>
    private const double LeastGain = 1.1;

    private readonly double[] products = new double[mostSteps + 2];
    private readonly double[] deviations = new double[mostSteps + 2];
    private double mean;
    private long step;

    /// <summary>The season in steps; zero while none has been found.</summary>
    public int SeasonSteps { get; private set; }

    /// <summary>Bytes of its arrays.</summary>
    public static long BytesOf(int mostSteps) => 2 * SeriesMemory.ArrayOf<double>(mostSteps + 2);

    /// <summary>Takes the value of the next step.</summary>
    /// <param name="value">Finite, in the series' unit.</param>
    /// <param name="scale">The series' scale; at least 1e-100.</param>
    public void Take(double value, double scale)
    {
        mean += (value - mean) * Math.Max(1.0 / (step + 1), 1 - Memory);
        int length = deviations.Length, now = (int)(step % length);
        double deviation = Math.Clamp((value - mean) / scale, -5, 5);
        deviations[now] = deviation;
        for (int lag = 0; lag < length && lag <= step; lag++)
        {
            int then = now - lag;
            double product = deviation * deviations[then < 0 ? then + length : then];
            products[lag] += (product - products[lag]) * Math.Max(1.0 / (step - lag + 1), 1 - Memory);
        }

        step++;
        if (step % length == 0)
        {
            SeasonSteps = Find();
        }
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        products.AsSpan().Clear();
        deviations.AsSpan().Clear();
        (mean, step, SeasonSteps) = (0, 0, 0);
    }

    private int Find()
    {
        int lag = 1, best = 0;
        while (lag <= mostSteps && products[lag] > 0)
        {
            lag++;
        }

        for (; lag <= mostSteps; lag++)
        {
            bool isPeak = products[lag] >= products[lag - 1] && products[lag] >= products[lag + 1];
            bool isHigher = best == 0 || products[lag] > LeastGain * products[best];
            best = isPeak && isHigher && lag >= LeastSteps ? lag : best;
        }

        return best > 0 && products[best] >= LeastCorrelation * products[0] ? best : 0;
    }

    internal void WriteTo(StateWriter writer)
    {
        writer.Write<double>(products);
        writer.Write<double>(deviations);
        writer.Write(mean);
        writer.Write(step);
        writer.Write(SeasonSteps);
    }

    internal void ReadFrom(ref StateReader reader)
    {
        reader.Read<double>(products);
        reader.Read<double>(deviations);
        mean = reader.Read<double>();
        step = reader.Read<long>();
        SeasonSteps = reader.ReadCount(mostSteps);
    }
}

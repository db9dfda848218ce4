using System.Globalization;
using Prometheus;
using Streaming.Inference.Experts;

namespace Streaming.Daemon.Serving;

/// <summary>How well recent forecasts did: error against seasonal naive by horizon, and interval coverage; and which
/// experts made them.</summary>
/// <remarks>
/// Sums are forgotten exponentially over <see cref="MemoryForecasts"/> scored forecasts, so that the ratios follow the
/// stream. Thread-safe; a call takes a lock, so add once a gather.
/// </remarks>
internal sealed class AccuracyMetrics(Gauge errorRatio, Gauge coverage, Gauge expertWeight)
{
    /// <summary>Scored forecasts after which a score weighs 1/e.</summary>
    public const double MemoryForecasts = 100_000;

    private readonly Lock gate = new();
    private readonly Dictionary<int, (double Error, double NaiveError)> errors = [];
    private readonly double[] weights = new double[ExpertFamilies.Names.Length];
    private (double Covered, double Count) intervals;
    private double weighed;

    /// <summary>Adds forecasts of one horizon whose actual values have arrived.</summary>
    /// <param name="horizonSteps">The horizon, in steps.</param>
    /// <param name="count">Forecasts scored, at least 1.</param>
    /// <param name="errorSum">Sum of |actual − forecast|, each divided by its series' scale.</param>
    /// <param name="naiveErrorSum">The same for the seasonal naive forecast of the same values.</param>
    public void AddErrors(int horizonSteps, int count, double errorSum, double naiveErrorSum)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        lock (gate)
        {
            (double error, double naiveError) = errors.GetValueOrDefault(horizonSteps);
            double keep = Math.Exp(-count / MemoryForecasts);
            error = (error * keep) + errorSum;
            naiveError = (naiveError * keep) + naiveErrorSum;
            errors[horizonSteps] = (error, naiveError);
            if (naiveError > 0)
            {
                errorRatio.WithLabels(horizonSteps.ToString(CultureInfo.InvariantCulture)).Set(error / naiveError);
            }
        }
    }

    /// <summary>Adds values that were compared with their forecast interval.</summary>
    /// <param name="count">Values compared, at least 1.</param>
    /// <param name="covered">Those within, 0 to count.</param>
    public void AddCoverage(int count, int covered)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        lock (gate)
        {
            double keep = Math.Exp(-count / MemoryForecasts);
            intervals = ((intervals.Covered * keep) + covered, (intervals.Count * keep) + count);
            coverage.Set(intervals.Covered / intervals.Count);
        }
    }

    /// <summary>How recent forecasts did.</summary>
    public AccuracySnapshot Snapshot()
    {
        lock (gate)
        {
            return new(
                new SortedDictionary<int, double>(errors.Where(sums => sums.Value.NaiveError > 0)
                    .ToDictionary(sums => sums.Key, sums => sums.Value.Error / sums.Value.NaiveError)),
                intervals.Count > 0 ? intervals.Covered / intervals.Count : null,
                weighed > 0
                    ? ExpertFamilies.Names.Zip(weights).ToDictionary(pair => pair.First, pair => pair.Second / weighed)
                    : new Dictionary<string, double>());
        }
    }

    /// <summary>Mean weight of a family of experts, as exported.</summary>
    public double ExpertWeight(string family) => expertWeight.WithLabels(family).Value;

    /// <summary>Adds forecasts that experts made together.</summary>
    /// <param name="count">Forecasts, at least 1.</param>
    /// <param name="sums">Sums of the experts' weights in them, by <see cref="ExpertFamilies"/>.</param>
    public void AddWeights(long count, ReadOnlySpan<double> sums)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        lock (gate)
        {
            double keep = Math.Exp(-count / MemoryForecasts);
            weighed = (weighed * keep) + count;
            for (int f = 0; f < weights.Length; f++)
            {
                weights[f] = (weights[f] * keep) + sums[f];
                expertWeight.WithLabels(ExpertFamilies.Names[f]).Set(weights[f] / weighed);
            }
        }
    }
}

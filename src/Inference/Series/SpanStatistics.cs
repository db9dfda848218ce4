using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Streaming.Inference.Series;

/// <summary>What the last values of a series come to: mean, deviation and extremes.</summary>
/// <param name="Mean">Their mean, less the origin, in the series' unit.</param>
/// <param name="Spread">Their standard deviation (over N), in the same.</param>
/// <param name="Least">The least, less the origin.</param>
/// <param name="Largest">The largest, less the origin.</param>
/// <remarks>
/// A function of the values alone, computed anew at each step: running sums would depend on what has left the window,
/// and a restored series would differ in its last bits. Four stripes from the oldest value on, the same on every
/// processor.
/// </remarks>
internal readonly record struct SpanStatistics(double Mean, double Spread, double Least, double Largest)
{
    /// <summary>Statistics of values as differences to an origin.</summary>
    /// <param name="values">Oldest first, at least one, at most 1e100 in size.</param>
    /// <param name="origin">What they are measured from: the newest value, so that a high level costs no digits.</param>
    public static SpanStatistics Of(ReadOnlySpan<double> values, double origin)
    {
        ReadOnlySpan<Vector256<double>> stripes = MemoryMarshal.Cast<double, Vector256<double>>(values);
        ReadOnlySpan<double> rest = values[(4 * stripes.Length)..];
        var sum = Vector256<double>.Zero;
        var least = Vector256.Create(double.PositiveInfinity);
        Vector256<double> largest = -least;
        foreach (Vector256<double> four in stripes)
        {
            Vector256<double> difference = four - Vector256.Create(origin);
            sum += difference;
            least = Vector256.ConditionalSelect(Vector256.LessThan(difference, least), difference, least);
            largest = Vector256.ConditionalSelect(Vector256.GreaterThan(difference, largest), difference, largest);
        }

        double total = Halved(sum), low = double.PositiveInfinity, high = double.NegativeInfinity;
        for (int lane = 0; lane < 4; lane++)
        {
            (low, high) = (Math.Min(low, least[lane]), Math.Max(high, largest[lane]));
        }

        foreach (double value in rest)
        {
            double difference = value - origin;
            total += difference;
            (low, high) = (Math.Min(low, difference), Math.Max(high, difference));
        }

        double mean = total / values.Length;
        return new(mean, Deviation(stripes, rest, origin, mean, values.Length), low, high);
    }

    private static double Deviation(
        ReadOnlySpan<Vector256<double>> stripes, ReadOnlySpan<double> rest, double origin, double mean, int count)
    {
        var squares = Vector256<double>.Zero;
        foreach (Vector256<double> four in stripes)
        {
            Vector256<double> deviation = four - Vector256.Create(origin) - Vector256.Create(mean);
            squares += deviation * deviation;
        }

        double total = Halved(squares);
        foreach (double value in rest)
        {
            double deviation = value - origin - mean;
            total += deviation * deviation;
        }

        return Math.Sqrt(total / count);
    }

    private static double Halved(Vector256<double> lanes) => lanes[0] + lanes[2] + (lanes[1] + lanes[3]);
}

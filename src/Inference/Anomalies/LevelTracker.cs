using System.Runtime.CompilerServices;
using Streaming.Inference.Series.Codec;

namespace Streaming.Inference.Anomalies;

/// <summary>How odd it is where a series has come to stay.</summary>
/// <remarks>Looks at errors of forecasts made long before, which do not know the new level yet: at the mean of the last
/// six among all such means, and only while all six lie on one side. One spike is on one side for one step.</remarks>
internal struct LevelTracker
{
    private const int Steps = 6;

    private Ring last;
    private int next;
    private int count;
    private RangeTracker range;

    /// <summary>Judges the level that one more error makes, then learns it.</summary>
    /// <param name="error">Actual − forecast of a far horizon, in the series' unit; NaN: none.</param>
    /// <param name="leastRange">What the range of levels counts as at least, in the same.</param>
    /// <returns>Its surprise.</returns>
    public double Judge(double error, double leastRange)
    {
        if (!double.IsFinite(error))
        {
            return 0;
        }

        last[next] = error;
        next = (next + 1) % Steps;
        count = Math.Min(count + 1, Steps);
        if (count < Steps)
        {
            return 0;
        }

        double low = double.PositiveInfinity, high = double.NegativeInfinity, sum = 0;
        foreach (double one in last)
        {
            (low, high, sum) = (Math.Min(low, one), Math.Max(high, one), sum + one);
        }

        double surprise = range.Judge(sum / Steps, leastRange);
        return low > 0 || high < 0 ? surprise : 0;
    }

    /// <summary>Forgets the last errors, not the levels there have been.</summary>
    public void Restart() => (last, next, count) = (default, 0, 0);

    internal readonly void WriteTo(StateWriter writer)
    {
        writer.Write(last);
        writer.Write(next);
        writer.Write(count);
        range.WriteTo(writer);
    }

    internal void ReadFrom(ref StateReader reader)
    {
        last = reader.Read<Ring>();
        next = reader.ReadCount(Steps - 1);
        count = reader.ReadCount(Steps);
        range.ReadFrom(ref reader);
    }

    [InlineArray(Steps)]
    private struct Ring
    {
        private double first;
    }
}

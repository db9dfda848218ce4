using Streaming.Inference.Series.Codec;

namespace Streaming.Inference.Series;

/// <summary>Causal center and scale of one series: exponentially weighted mean and deviation, or the middle and half of
/// a range whose ends decay.</summary>
/// <remarks>
/// Standard: the weight of the n-th value is max(1/n, 1/span): a plain mean at first, a moving one later. Min-max: a
/// value past an end of the range becomes that end, and the other end moves 1/span of its way towards the value. Either
/// way the scale never falls below the running size of a change, nor below 0.1% of the center, so that a flat series
/// doesn't make noise of nothing.
/// </remarks>
public struct Scaler
{
    private const double LeastShareOfMean = 1e-3;
    private const double LeastScale = 1e-100;
    private const int LeastSeasons = 24;

    private double square; // of the spread: the deviation, or half the range
    private double change;
    private double last;
    private int seen;
    private double seasonChange;
    private int seasonsSeen;

    /// <summary>Running mean, or the middle of the running range, in the series' unit.</summary>
    public double Mean { get; private set; }

    /// <summary>Running size of a change from one value to the next, in the series' unit.</summary>
    public readonly double Change => change;

    /// <summary>Scale, in the series' unit; at least 1e-100, so that any error in units of it is finite.</summary>
    /// <remarks>1 where all values are as good as zero.</remarks>
    public readonly double Scale
    {
        get
        {
            double scale = Math.Max(Math.Max(Math.Sqrt(square), change), LeastShareOfMean * Math.Abs(Mean));
            return scale >= LeastScale ? scale : 1;
        }
    }

    /// <summary>
    /// Whether values have changed less over a season than they are likely to change over some steps.
    /// </summary>
    /// <param name="rootSteps">Square root of the steps: a random walk moves as far as that many changes.</param>
    /// <remarks>Known a horizon sooner than the losses of forecasts are; false until enough seasons have been seen.
    /// </remarks>
    public readonly bool PrefersSeason(double rootSteps) =>
        seasonsSeen >= LeastSeasons && seasonChange < Math.Min(Scale, change * rootSteps);

    /// <summary>Takes one observed value.</summary>
    /// <param name="value">Finite, at most 1e100 in size, so that its square stays finite.</param>
    /// <param name="spanSteps">Memory, in values.</param>
    /// <param name="scaling">The same for all values of the series.</param>
    public void Add(double value, int spanSteps, Scaling scaling = Scaling.Standard)
    {
        seen = Math.Min(seen + 1, spanSteps);
        if (scaling == Scaling.MinMax)
        {
            Stretch(value, 1.0 / spanSteps);
        }
        else
        {
            double weight = 1.0 / seen;
            double deviation = value - Mean;
            Mean += weight * deviation;
            square = (1 - weight) * (square + (weight * deviation * deviation));
        }

        if (seen > 1)
        {
            double changeWeight = 1.0 / Math.Max(seen - 1, 1);
            change += changeWeight * (Math.Abs(value - last) - change);
        }

        last = value;
    }

    private void Stretch(double value, double weight)
    {
        double half = Math.Sqrt(square);
        double low = seen > 1 ? Mean - half : value, high = seen > 1 ? Mean + half : value;
        low = value < low ? value : low + (weight * (value - low));
        high = value > high ? value : high + (weight * (value - high));
        Mean = low + ((high - low) / 2);
        square = (high - low) * (high - low) / 4;
    }

    /// <summary>Takes the change from the value a season ago to the newest one.</summary>
    /// <param name="difference">In the series' unit.</param>
    /// <param name="spanSteps">Memory, in values.</param>
    public void AddSeason(double difference, int spanSteps)
    {
        seasonsSeen = Math.Min(seasonsSeen + 1, spanSteps);
        seasonChange += (Math.Abs(difference) - seasonChange) / seasonsSeen;
    }

    internal readonly void WriteTo(StateWriter writer)
    {
        writer.Write(Mean);
        writer.Write(square);
        writer.Write(change);
        writer.Write(last);
        writer.Write(seen);
        writer.Write(seasonChange);
        writer.Write(seasonsSeen);
    }

    internal void ReadFrom(ref StateReader reader)
    {
        Mean = reader.Read<double>();
        square = reader.Read<double>();
        change = reader.Read<double>();
        last = reader.Read<double>();
        seen = reader.Read<int>();
        seasonChange = reader.Read<double>();
        seasonsSeen = reader.Read<int>();
    }
}

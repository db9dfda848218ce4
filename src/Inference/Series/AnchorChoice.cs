using Streaming.Inference.Experts;
using Streaming.Inference.Series.Codec;

namespace Streaming.Inference.Series;

/// <summary>Which of two naive forecasts the network is measured from at each horizon, by their delayed losses.</summary>
/// <remarks>Apart from the experts' mixture, so that training finds the same anchors without them. Losses are absolute
/// errors in units of the series' scale, clipped and discounted. Not thread-safe.</remarks>
/// <param name="horizons">Horizons, K.</param>
internal sealed class AnchorChoice(int horizons)
{
    private const int ObjectBytes = 64;
    private const int LastValue = 0;
    private const int Season = 1;
    private const int Naives = 2;
    private const double Discount = 0.98;
    private const double ErrorLimit = 10;
    private const int ScoresToChoose = 24;
    private const int MostScores = 1_000_000;

    private readonly DiscountedLosses losses = new(horizons, Naives, Discount);
    private readonly int[] scores = new int[horizons * Naives];

    /// <summary>Bytes of it and its arrays.</summary>
    public static long BytesOf(int horizons) =>
        ObjectBytes + DiscountedLosses.BytesOf(horizons, Naives) + SeriesMemory.ArrayOf<int>(horizons * Naives);

    /// <summary>Learns the errors of both at a horizon, once the value has arrived.</summary>
    /// <param name="horizon">Place of the horizon.</param>
    /// <param name="persistence">Of the last value: absolute, in units of the scale at the time of the forecast.</param>
    /// <param name="seasonal">Of seasonal naive; NaN where there was none.</param>
    public void Score(int horizon, double persistence, double seasonal)
    {
        Add(horizon, LastValue, persistence);
        if (!double.IsNaN(seasonal))
        {
            Add(horizon, Season, seasonal);
        }
    }

    /// <summary>
    /// Whether seasonal naive has proved better than the last value at a horizon; null while it has not been scored
    /// there often enough.
    /// </summary>
    public bool? PrefersSeason(int horizon) => scores[(horizon * Naives) + Season] >= ScoresToChoose
        ? losses.Of(horizon, Season) < losses.Of(horizon, LastValue)
        : null;

    /// <summary>Forgets all scores.</summary>
    public void Clear()
    {
        losses.Clear();
        scores.AsSpan().Clear();
    }

    private void Add(int horizon, int naive, double error)
    {
        ref int scored = ref scores[(horizon * Naives) + naive];
        scored = Math.Min(scored + 1, MostScores);
        losses.Add(horizon, naive, Math.Min(error, ErrorLimit), scored);
    }

    internal void WriteTo(StateWriter writer)
    {
        losses.WriteTo(writer);
        writer.Write<int>(scores);
    }

    internal void ReadFrom(ref StateReader reader)
    {
        losses.ReadFrom(ref reader);
        reader.Read<int>(scores);
    }
}

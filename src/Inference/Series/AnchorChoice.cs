using Streaming.Inference.Series.Codec;

namespace Streaming.Inference.Series;

/// <summary>Which of two naive forecasts the network is measured from at each horizon, by delayed losses.</summary>
/// <remarks>Apart from the experts' mixture, so that training finds the same anchors without them. Losses are absolute
/// errors in units of the series' scale, clipped and discounted. Not thread-safe.</remarks>
/// <param name="horizons">Horizons, K.</param>
internal sealed class AnchorChoice(int horizons)
{
    private const int ObjectBytes = 32;
    private const int LastValue = 0;
    private const int Season = 1;
    private const int Naives = 2;
    private const float Discount = 0.98f;
    private const float ErrorLimit = 10;
    private const int ScoresToChoose = 24;
    private const int MostScores = 1_000_000;

    private readonly float[] losses = new float[horizons * Naives];
    private readonly int[] scores = new int[horizons * Naives];

    /// <summary>Bytes of it and its arrays.</summary>
    public static long BytesOf(int horizons) =>
        ObjectBytes + SeriesMemory.ArrayOf<float>(horizons * Naives) + SeriesMemory.ArrayOf<int>(horizons * Naives);

    /// <summary>Learns the errors of both at a horizon, once the value has arrived.</summary>
    /// <param name="horizon">Place of the horizon.</param>
    /// <param name="persistence">Of the last value: absolute, in units of the scale when it was forecast.</param>
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
        ? losses[(horizon * Naives) + Season] < losses[(horizon * Naives) + LastValue]
        : null;

    /// <summary>Forgets all scores.</summary>
    public void Clear()
    {
        losses.AsSpan().Clear();
        scores.AsSpan().Clear();
    }

    private void Add(int horizon, int naive, double error)
    {
        int at = (horizon * Naives) + naive;
        scores[at] = Math.Min(scores[at] + 1, MostScores);
        float keep = Math.Min(1 - (1f / scores[at]), Discount);
        losses[at] = (keep * losses[at]) + ((1 - keep) * (error < ErrorLimit ? (float)error : ErrorLimit));
    }

    internal void WriteTo(StateWriter writer)
    {
        writer.Write<float>(losses);
        writer.Write<int>(scores);
    }

    internal void ReadFrom(ref StateReader reader)
    {
        reader.Read<float>(losses);
        reader.Read<int>(scores);
    }
}

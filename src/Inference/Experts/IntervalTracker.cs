using Streaming.Inference.Series;
using Streaming.Inference.Series.Codec;

namespace Streaming.Inference.Experts;

/// <summary>How far values fall from the forecasts of one series at each horizon: quantiles tracked as values come.
/// </summary>
/// <remarks>
/// A quantile is root · size · shape · width · season · surprise. Size is a running mean of errors in roots, a root being
/// the fourth root of the scale: errors grow with the scale of the moment, but far less than it does. Shape has one
/// number a level, moved up a little by each error above it and down by each below, so that in the long run as many fall
/// there as the level says. Width grows when too many values in a row miss the interval, and goes back to one. Season is
/// how large errors are at that place of the season. Surprise is how large they have been over the last season, at
/// shorter horizons, too, where that is known sooner. An error counts once its value has come. Before the first, the
/// spread is that of a random walk. Constant memory and time a horizon. Not thread-safe.
/// Sources: Gibbs and Candès 2021 (adaptive conformal inference); Angelopoulos et al. 2023 (quantile tracking).
/// </remarks>
/// <param name="horizons">Horizons, K.</param>
/// <param name="levels">Quantile levels, Q.</param>
/// <param name="seasonSteps">Season in steps; zero where none is known.</param>
internal sealed class IntervalTracker(int horizons, int levels, int seasonSteps = 0)
{
    private const int ObjectBytes = 48;
    private const int PriorErrors = 8;
    private const int SizeMemory = 300;
    private const double ShapeRate = 0.01;
    private const double WidthRate = 0.005;
    private const double MostWidth = 2;

    /// <summary>Sizes past which an error counts no more, unless it is within the scale.</summary>
    private const double ErrorLimit = 20;
    private const double LeastSize = 1e-6;

    /// <summary>Largest error that surprises more than smaller ones, in sizes.</summary>
    private const double MostSurprise = 4;
    private const int LeastSurpriseMemory = 24;
    private const int MostSurpriseMemory = 96;

    private readonly Spread[] spreads = new Spread[horizons];
    private readonly float[] shapes = new float[horizons * levels];
    private readonly ErrorSeason season = new(seasonSteps);
    private readonly int surpriseMemory = Math.Clamp(seasonSteps, LeastSurpriseMemory, MostSurpriseMemory);

    /// <summary>Bytes of it and its arrays.</summary>
    public static long BytesOf(int horizons, int levels, int seasonSteps) =>
        ObjectBytes + SeriesMemory.ArrayOf<Spread>(horizons) + SeriesMemory.ArrayOf<float>(horizons * levels)
        + ErrorSeason.BytesOf(seasonSteps);

    /// <summary>Learns from a value that has come.</summary>
    /// <param name="horizon">Place of the horizon.</param>
    /// <param name="error">Actual − forecast, in the series' unit.</param>
    /// <param name="scale">The series' scale when it was forecast.</param>
    /// <param name="isMiss">Whether the value lay outside the outermost quantiles; null where there were none.</param>
    /// <param name="prior">The spread before anything is known.</param>
    /// <param name="step">Number of the step whose value it is, as the series counts.</param>
    public void Learn(int horizon, double error, double scale, bool? isMiss, in SpreadPrior prior, long step = 0)
    {
        ref Spread spread = ref spreads[horizon];
        Span<float> shape = Shape(horizon);
        double root = RootOf(scale), inRoots = error / root, scaleInRoots = scale / root;
        if (spread.Seen == 0)
        {
            spread = new() { Size = prior.Size / root, Width = 1, Surprise = 1, Seen = PriorErrors };
            prior.Shape.CopyTo(shape);
        }

        double inSizes = inRoots / Math.Max(spread.Size, LeastSize * scaleInRoots);
        double inSeason = inSizes / season.RootAt(step);
        for (int q = 0; q < shape.Length; q++)
        {
            shape[q] += (float)(ShapeRate * (prior.Levels[q] - (inSeason < shape[q] ? 1 : 0)));
        }

        season.Add(Math.Min(Math.Abs(inSizes), MostSurprise));
        spread.Surprise += (float)((Math.Min(Math.Abs(inSeason), MostSurprise) - spread.Surprise) / surpriseMemory);

        if (isMiss is { } missed)
        {
            double expected = 1 - (prior.Levels[^1] - prior.Levels[0]);
            double width = spread.Width * (1 + (WidthRate * ((missed ? 1 : 0) - expected)));
            spread.Width = (float)Math.Clamp(width, 1, MostWidth);
        }

        spread.Seen = Math.Min(spread.Seen + 1, SizeMemory);
        double limit = Math.Max(ErrorLimit * spread.Size, scaleInRoots);
        spread.Size += (Math.Min(Math.Abs(inRoots), limit) - spread.Size) / spread.Seen;
    }

    /// <summary>Ends a step whose errors have been learnt.</summary>
    /// <param name="step">Its number, as the series counts.</param>
    public void EndStep(long step) => season.EndStep(step);

    /// <summary>How large the errors of a horizon were over the last season, in sizes; 1 where none is known.</summary>
    public double SurpriseAt(int horizon) => spreads[horizon].Seen == 0 ? 1 : spreads[horizon].Surprise;

    /// <summary>Quantiles of the error of a forecast made now.</summary>
    /// <param name="horizon">Place of the horizon.</param>
    /// <param name="scale">The series' scale now.</param>
    /// <param name="prior">The spread before anything is known.</param>
    /// <param name="errors">Receives them, [Q], ascending, in the series' unit.</param>
    /// <param name="target">Number of the step that is forecast, as the series counts.</param>
    /// <param name="surprise">Mean of <see cref="SurpriseAt"/> over this horizon and some shorter ones.</param>
    public void Quantiles(
        int horizon, double scale, in SpreadPrior prior, Span<double> errors, long target = 0, double surprise = 1)
    {
        ref readonly Spread spread = ref spreads[horizon];
        ReadOnlySpan<float> shape = spread.Seen == 0 ? prior.Shape : Shape(horizon);
        double unit = spread.Seen == 0 ? prior.Size
            : RootOf(scale) * spread.Size * spread.Width * season.RootAt(target) * RootOf(surprise);
        for (int q = 0; q < errors.Length; q++)
        {
            errors[q] = unit * shape[q];
            errors[q] = q > 0 ? Math.Max(errors[q], errors[q - 1]) : errors[q]; // levels are tracked one by one
        }
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        spreads.AsSpan().Clear();
        shapes.AsSpan().Clear();
        season.Clear();
    }

    /// <summary>The fourth root.</summary>
    private static double RootOf(double scale) => Math.Sqrt(Math.Sqrt(scale));

    private Span<float> Shape(int horizon) => shapes.AsSpan(horizon * levels, levels);

    internal void WriteTo(StateWriter writer)
    {
        writer.Write<Spread>(spreads);
        writer.Write<float>(shapes);
        season.WriteTo(writer);
    }

    internal void ReadFrom(ref StateReader reader)
    {
        reader.Read<Spread>(spreads);
        reader.Read<float>(shapes);
        season.ReadFrom(ref reader);
    }

    private struct Spread
    {
        /// <summary>Running mean of absolute errors, in roots.</summary>
        public double Size;
        public float Width;

        /// <summary>Mean of the last season's absolute errors, in sizes.</summary>
        public float Surprise;

        /// <summary>Errors learnt, those that the prior stands for included; 0: none. As wide as it is so that the struct has
        /// no padding: it is stored as it lies.</summary>
        public long Seen;
    }
}

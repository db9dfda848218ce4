using Streaming.Inference.Series;
using Streaming.Inference.Series.Codec;

namespace Streaming.Inference.Experts;

/// <summary>Mixes the forecasts of the experts of one series, at each horizon, by how they have done there.</summary>
/// <remarks>
/// Two mixtures weigh experts by discounted squared errors, one fast and one slow; a third corrects both by least
/// squares (<see cref="Stacking"/>); the three are mixed by the same rule. An expert sleeps at a horizon until it has
/// been scored there often enough. Where the anchor sleeps it speaks all the same, and beside it only the steady
/// experts with the weights of the next shorter horizon that is awake: so a new series is not worse off than naive. A
/// forecast for t + h is scored when the value for t + h has come. Allocates nothing in a step. Not thread-safe.
/// Reasons: docs/decisions/0017-mixing-experts.md.
/// </remarks>
internal sealed class ExpertMixture
{
    private const int Fast = 0;
    private const int Slow = 1;
    private const int Stacked = 2;
    private const int Mixtures = 3;
    private const int Columns = Mixtures + 1;
    private const double DeviationLimit = 5;
    private const double LeastAdvantage = 1e-7;
    private const int ScoresToStack = 100;
    private const int SizeMemory = 100;
    private const int MostScores = 1_000_000;

    private readonly ExpertMixtureOptions options;
    private readonly ExpertKind[] kinds;
    private readonly int[] horizons;
    private readonly ExpertLedger ledger;
    private readonly DiscountedLosses fast;
    private readonly DiscountedLosses slow;
    private readonly DiscountedLosses mixtures;
    private readonly Stacking stacking;
    private readonly int[] scores;
    private readonly int[] mixtureScores;
    private readonly double[] sizes;

    /// <summary>Creates a mixture that has scored nothing.</summary>
    /// <param name="kinds">Of each expert, [E]; kept.</param>
    /// <param name="horizons">In steps, ascending, [K]; kept.</param>
    /// <param name="options">Settings.</param>
    public ExpertMixture(ExpertKind[] kinds, int[] horizons, ExpertMixtureOptions options)
    {
        this.options = options;
        this.kinds = kinds;
        this.horizons = horizons;
        int experts = kinds.Length;
        ledger = new ExpertLedger(experts + Columns, horizons);
        fast = new DiscountedLosses(horizons.Length, experts, options.Discounts.Fast);
        slow = new DiscountedLosses(horizons.Length, experts, options.Discounts.Slow);
        mixtures = new DiscountedLosses(horizons.Length, Mixtures, options.Discounts.Slow);
        stacking = new Stacking(horizons.Length, experts);
        scores = new int[horizons.Length * experts];
        mixtureScores = new int[horizons.Length];
        sizes = new double[horizons.Length];
    }

    /// <summary>Bytes of its arrays.</summary>
    /// <param name="experts">Experts, E.</param>
    /// <param name="horizons">In steps, ascending, [K].</param>
    public static long BytesOf(int experts, int[] horizons) =>
        ExpertLedger.BytesOf(experts + Columns, horizons)
        + (2 * DiscountedLosses.BytesOf(horizons.Length, experts))
        + DiscountedLosses.BytesOf(horizons.Length, Mixtures) + Stacking.BytesOf(horizons.Length, experts)
        + SeriesMemory.ArrayOf<int>(horizons.Length * experts) + SeriesMemory.ArrayOf<int>(horizons.Length)
        + SeriesMemory.ArrayOf<double>(horizons.Length);

    /// <summary>Scores all forecasts whose value has come.</summary>
    /// <param name="actual">The value of the step after the last <see cref="Mix"/>, in the series' unit; NaN where it
    /// was not observed: then nothing is scored.</param>
    /// <param name="scratch">Fitted to these experts and horizons.</param>
    public void Settle(double actual, ExpertScratch scratch)
    {
        for (int k = 0; k < horizons.Length && double.IsFinite(actual); k++)
        {
            if (ledger.TryDue(k, actual, out ReadOnlySpan<float> issued, out double target))
            {
                Score(k, issued, target, scratch);
            }
        }
    }

    /// <summary>Mixes forecasts and notes them, to be scored later.</summary>
    /// <param name="value">The newest value, in the series' unit.</param>
    /// <param name="scale">Unit of errors; at least 1e-100. Zero: these forecasts are not to be scored.</param>
    /// <param name="anchors">Place of the naive expert that speaks where nothing is known of the others, [K]; it must
    /// have a forecast.</param>
    /// <param name="forecasts">Of the experts, [E, K]; not finite where one has none.</param>
    /// <param name="scratch">Receives the weights; fitted to these experts and horizons.</param>
    /// <param name="mixed">Receives the mixture, [K].</param>
    public void Mix(
        double value, double scale, ReadOnlySpan<int> anchors, ReadOnlySpan<double> forecasts, ExpertScratch scratch,
        Span<double> mixed)
    {
        ledger.Open(value, scale);
        double unit = scale > 0 ? scale : 1;
        Span<double> row = scratch.Row;
        int awake = -1;
        for (int k = 0; k < horizons.Length; k++)
        {
            Span<float> issued = ledger.Newest(k);
            for (int e = 0; e < kinds.Length; e++)
            {
                row[e] = (forecasts[(e * horizons.Length) + k] - value) / unit;
                issued[e] = (float)row[e];
            }

            issued[kinds.Length + Mixtures] = issued[anchors[k]];
            awake = IsAwake(k, anchors[k]) ? k : awake;
            double relative = awake == k
                ? MixAwake(k, anchors[k], issued, scratch)
                : Borrow(awake, anchors[k], k, issued, scratch);
            mixed[k] = value + (unit * relative);
        }
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        ledger.Clear();
        fast.Clear();
        slow.Clear();
        mixtures.Clear();
        stacking.Clear();
        scores.AsSpan().Clear();
        mixtureScores.AsSpan().Clear();
        sizes.AsSpan().Clear();
    }

    /// <summary>Scores one horizon. A silent expert counts as the anchor: else one that comes late would be compared,
    /// by its easy times, with the hard ones that the others remember.</summary>
    private void Score(int k, ReadOnlySpan<float> issued, double target, ExpertScratch scratch)
    {
        ReadOnlySpan<float> mixed = issued[kinds.Length..];
        int scored = mixtureScores[k] = Math.Min(mixtureScores[k] + 1, MostScores);
        double limit = Limit(k, target - mixed[Slow]), ofAnchor = Loss(target - mixed[Mixtures], limit);
        for (int e = 0; e < kinds.Length; e++)
        {
            bool spoke = float.IsFinite(issued[e]);
            scores[(k * kinds.Length) + e] += spoke && scored < MostScores ? 1 : 0;
            double loss = spoke ? Loss(target - issued[e], limit) : ofAnchor;
            fast.Add(k, e, loss, scored);
            slow.Add(k, e, loss, scored);
        }

        for (int m = 0; m < Mixtures; m++)
        {
            mixtures.Add(k, m, Loss(target - mixed[m], limit), scored);
        }

        double middle = (mixed[Fast] + (double)mixed[Slow]) / 2;
        Deviate(issued, middle, scratch.Deviations);
        double label = Math.Clamp(target - middle, -DeviationLimit, DeviationLimit);
        stacking.Learn(k, scratch.Deviations, label, scratch.Gain);
    }

    /// <summary>How large an error may count: some times the running size of the mixture's, so that one glitch does not
    /// make the expert that will repeat it later look the better one until then.</summary>
    private double Limit(int k, double error)
    {
        double limit = mixtureScores[k] <= options.ScoresToWake
            ? options.ErrorLimit : Math.Min(options.ErrorLimit, options.ErrorLimitInSizes * sizes[k]);
        sizes[k] += (Math.Min(Math.Abs(error), limit) - sizes[k]) / Math.Min(mixtureScores[k], SizeMemory);
        return limit;
    }

    private static double Loss(double error, double limit)
    {
        double size = Math.Min(Math.Abs(error), limit);
        return size * size;
    }

    /// <summary>The anchor and the steady experts, weighed as at a shorter horizon; the anchor alone where none is
    /// awake.</summary>
    private double Borrow(int from, int anchor, int k, Span<float> issued, ExpertScratch scratch)
    {
        ReadOnlySpan<double> row = scratch.Row;
        Span<double> own = scratch.Weights.Slice(k * kinds.Length, kinds.Length);
        own.Fill(-1);
        own[anchor] = 1;
        if (from >= 0 && IsAwake(from, anchor))
        {
            for (int e = 0; e < own.Length; e++)
            {
                bool isSteady = kinds[e] == ExpertKind.Steady && IsAwake(from, e) && double.IsFinite(row[e]);
                own[e] = e == anchor || isSteady ? slow.Of(from, e) : -1;
            }
        }

        DiscountedLosses.Weigh(own, options.Sharpness);
        double mixed = Mean(own, row);
        issued.Slice(kinds.Length, Mixtures).Fill((float)mixed);
        return mixed;
    }

    private double MixAwake(int k, int anchor, Span<float> issued, ExpertScratch scratch)
    {
        Span<double> ofMixtures = stackalloc double[Mixtures];
        Span<double> deviations = scratch.Deviations, own = scratch.Weights.Slice(k * kinds.Length, kinds.Length);
        double ofFast = Weigh(fast, k, anchor, scratch.Row, own);
        own.CopyTo(deviations);
        double ofSlow = Weigh(slow, k, anchor, scratch.Row, own);
        (ofMixtures[Fast], ofMixtures[Slow]) = (mixtures.Of(k, Fast), mixtures.Of(k, Slow));
        ofMixtures[Stacked] = mixtureScores[k] >= ScoresToStack ? mixtures.Of(k, Stacked) : -1;
        DiscountedLosses.Weigh(ofMixtures, options.MixtureSharpness);
        double share = ofMixtures[Fast] + (ofMixtures[Stacked] / 2);
        for (int e = 0; e < own.Length; e++)
        {
            own[e] = (share * deviations[e]) + ((1 - share) * own[e]);
        }

        double middle = (ofFast + ofSlow) / 2;
        Deviate(issued, middle, deviations);
        double corrected = middle + stacking.Correct(k, deviations);
        Span<float> mixed = issued[kinds.Length..];
        (mixed[Fast], mixed[Slow], mixed[Stacked]) = ((float)ofFast, (float)ofSlow, (float)corrected);
        return (ofMixtures[Fast] * ofFast) + (ofMixtures[Slow] * ofSlow) + (ofMixtures[Stacked] * corrected);
    }

    /// <summary>Weights of all experts that are awake, by losses of one discount, and their mixture.</summary>
    private double Weigh(
        DiscountedLosses losses, int k, int anchor, ReadOnlySpan<double> row, Span<double> own)
    {
        for (int e = 0; e < own.Length; e++)
        {
            own[e] = double.IsFinite(row[e]) && IsAwake(k, e) ? Held(losses, k, e, anchor) : -1;
        }

        DiscountedLosses.Weigh(own, options.Sharpness);
        return Mean(own, row);
    }

    private static double Mean(ReadOnlySpan<double> own, ReadOnlySpan<double> row)
    {
        double sum = 0;
        for (int e = 0; e < own.Length; e++)
        {
            sum += own[e] > 0 ? own[e] * row[e] : 0;
        }

        return sum;
    }

    private bool IsAwake(int k, int e) => scores[(k * kinds.Length) + e] >= options.ScoresToWake;

    /// <summary>Loss of an expert as it counts: learners are held back at first, and all stand back behind the anchor
    /// where nothing has happened yet that tells them apart.</summary>
    private double Held(DiscountedLosses losses, int k, int e, int anchor)
    {
        double handicap = kinds[e] == ExpertKind.Learner
            ? options.LearnerHandicap / scores[(k * kinds.Length) + e] : 0;
        return (losses.Of(k, e) * (1 + handicap)) + (e == anchor ? 0 : LeastAdvantage);
    }

    /// <summary>Experts less a mixture, clipped; 0 where one sleeps or is silent.</summary>
    private static void Deviate(ReadOnlySpan<float> issued, double middle, Span<double> deviations)
    {
        for (int e = 0; e < deviations.Length; e++)
        {
            double deviation = issued[e] - middle;
            deviations[e] = double.IsFinite(deviation) ? Math.Clamp(deviation, -DeviationLimit, DeviationLimit) : 0;
        }
    }

    internal void WriteTo(StateWriter writer)
    {
        ledger.WriteTo(writer);
        fast.WriteTo(writer);
        slow.WriteTo(writer);
        mixtures.WriteTo(writer);
        stacking.WriteTo(writer);
        writer.Write<int>(scores);
        writer.Write<int>(mixtureScores);
        writer.Write<double>(sizes);
    }

    internal void ReadFrom(ref StateReader reader)
    {
        ledger.ReadFrom(ref reader);
        fast.ReadFrom(ref reader);
        slow.ReadFrom(ref reader);
        mixtures.ReadFrom(ref reader);
        stacking.ReadFrom(ref reader);
        reader.Read<int>(scores);
        reader.Read<int>(mixtureScores);
        reader.Read<double>(sizes);
    }
}

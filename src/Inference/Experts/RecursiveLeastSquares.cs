using Streaming.Inference.Kernels;
using Streaming.Inference.Series;
using Streaming.Inference.Series.Codec;

namespace Streaming.Inference.Experts;

/// <summary>Linear rules of one vector of features, each for a label that arrives some steps later.</summary>
/// <remarks>
/// All rules share one covariance, and one gain per origin, kept in a ring: rule k learns at t + d(k) from the gain and
/// the features of origin t, as if its label had been there at once. Innovations are clipped at a few running sizes.
/// Where the covariance would grow past its bound nothing is forgotten; where it is lost to rounding everything starts
/// anew, which is counted. Float64, the same bits on every vector width. Not thread-safe.
/// Source: Haykin, Adaptive Filter Theory, chapter 10; delayed labels, Kivinen et al. 2004.
/// </remarks>
internal sealed unsafe class RecursiveLeastSquares
{
    private const int WarmUp = 24;
    private const int SizeMemory = 500;

    private readonly LeastSquaresOptions options;
    private readonly VectorForm form;
    private readonly int[] delays;
    private readonly double[] sizes;
    private readonly int[] learned;
    private readonly DoubleBuffer buffer;
    private readonly int features;
    private readonly int size;
    private readonly int slots;
    private double trace;
    private double factor;
    private long step;

    /// <summary>Creates rules that forecast zero.</summary>
    /// <param name="features">Features, at least one.</param>
    /// <param name="delays">For each rule, steps until its label arrives; at least one each; kept.</param>
    /// <param name="options">Forgetting and bounds.</param>
    /// <param name="form">Vector form; null: the widest of this processor.</param>
    public RecursiveLeastSquares(
        int features, int[] delays, LeastSquaresOptions options, VectorForm? form = null)
    {
        this.options = options;
        this.form = form ?? VectorForms.Best;
        this.features = features;
        this.delays = delays;
        size = DoubleBuffer.Padded(features);
        slots = this.delays.Max() + 1;
        sizes = new double[delays.Length];
        learned = new int[delays.Length];
        buffer = new DoubleBuffer(DoublesOf(features, delays.Length, slots));
        Clear();
    }

    /// <summary>Times that everything started anew because the covariance was lost.</summary>
    public int Restarts { get; private set; }

    private double* Covariance => buffer.Pointer;

    private double* Pending => Covariance + LeastSquaresKernel.TilesOf(size);

    private double* Weights => Pending + size;

    private double* Ring => Weights + ((nint)delays.Length * size);

    /// <summary>Bytes of its arrays.</summary>
    /// <param name="features">Features, F.</param>
    /// <param name="rules">Rules, K.</param>
    /// <param name="longestDelay">Steps, D.</param>
    /// <returns>8 · (F·(F + 8)/2 + F·(1 + K + 2·(D + 1))), F rounded up to 8, and some more.</returns>
    public static long BytesOf(int features, int rules, int longestDelay) =>
        SeriesMemory.ArrayOf<double>(DoublesOf(features, rules, longestDelay + 1) + DoubleBuffer.Line)
        + SeriesMemory.ArrayOf<double>(rules) + SeriesMemory.ArrayOf<int>(rules);

    /// <summary>Takes the features of one step and the labels that have arrived with it.</summary>
    /// <param name="x">Features, [F], finite.</param>
    /// <param name="labels">For each rule, what it should have given for the features of its delay ago, [K]; NaN where
    /// that is not known.</param>
    /// <param name="weight">How much of the labels' innovations is learnt, in (0, 1].</param>
    /// <param name="forecasts">Receives what each rule gives for x, [K].</param>
    public void Step(ReadOnlySpan<double> x, ReadOnlySpan<double> labels, double weight, Span<double> forecasts)
    {
        double* now = Slot(step), gain = now + size;
        x[..features].CopyTo(new Span<double>(now, features));
        Gain(now, gain);
        for (int k = 0; k < delays.Length; k++)
        {
            double* w = Weights + ((nint)k * size), then = Slot(step - delays[k]);
            forecasts[k] = step >= delays[k] && double.IsFinite(labels[k])
                ? LeastSquaresKernel.DotAfterStep(form, w, then + size, weight * Innovation(k, w, then, labels[k]), now, size)
                : LeastSquaresKernel.Dot(form, w, now, size);
        }

        step++;
        GC.KeepAlive(buffer);
    }

    /// <summary>Forgets everything but the count of restarts.</summary>
    public void Clear()
    {
        buffer.Span.Clear();
        for (int i = 0; i < features; i++)
        {
            Covariance[LeastSquaresKernel.DiagonalOf(i)] = options.PriorVariance;
        }

        trace = features * options.PriorVariance;
        factor = 1;
        step = 0;
        sizes.AsSpan().Clear();
        learned.AsSpan().Clear();
    }

    private static int DoublesOf(int features, int rules, int slots)
    {
        int size = DoubleBuffer.Padded(features);
        return LeastSquaresKernel.TilesOf(size) + (size * (1 + rules + (2 * slots)));
    }

    private double* Slot(long origin) => Ring + ((nint)((origin + slots) % slots) * 2 * size);

    /// <summary>Applies the last step's update to the covariance and computes this step's gain.</summary>
    private void Gain(double* x, double* gain)
    {
        LeastSquaresKernel.UpdateAndMultiply(form, Covariance, size, Pending, factor, x, gain);
        double power = LeastSquaresKernel.Dot(form, x, gain, size);
        if (!(power >= 0 && power < double.MaxValue))
        {
            Restart(x, gain);
            power = LeastSquaresKernel.Dot(form, x, gain, size);
        }

        double perPower = 1 / (options.Forgetting + power), root = Math.Sqrt(perPower), lost = 0;
        for (int i = 0; i < size; i++)
        {
            double u = gain[i] * root;
            Pending[i] = u;
            lost += u * u;
            gain[i] *= perPower;
        }

        trace -= lost;
        factor = trace <= options.MostVariance * features * options.Forgetting ? 1 / options.Forgetting : 1;
        trace *= factor;
    }

    private void Restart(double* x, double* gain)
    {
        double[] kept = new Span<double>(x, features).ToArray();
        Clear();
        Restarts++;
        kept.CopyTo(new Span<double>(x, features));
        LeastSquaresKernel.UpdateAndMultiply(form, Covariance, size, Pending, factor, x, gain);
    }

    /// <summary>The error of a rule for past features, clipped.</summary>
    private double Innovation(int k, double* w, double* then, double label)
    {
        double error = label - LeastSquaresKernel.Dot(form, w, then, size);
        double limit = learned[k] < WarmUp ? double.MaxValue : options.InnovationLimit * sizes[k];
        double clipped = Math.Clamp(error, -limit, limit);
        learned[k] = Math.Min(learned[k] + 1, SizeMemory);
        sizes[k] += (Math.Abs(clipped) - sizes[k]) / learned[k];
        return clipped;
    }

    /// <summary>Writes all that was learnt, and what waits for labels, as it lies.</summary>
    internal void WriteTo(StateWriter writer)
    {
        writer.Write<double>(buffer.Span);
        writer.Write<double>(sizes);
        writer.Write<int>(learned);
        writer.Write(trace);
        writer.Write(factor);
        writer.Write(step);
        writer.Write(Restarts);
    }

    internal void ReadFrom(ref StateReader reader)
    {
        reader.Read(buffer.Span);
        reader.Read<double>(sizes);
        reader.Read<int>(learned);
        trace = reader.Read<double>();
        factor = reader.Read<double>();
        step = reader.Read<long>();
        Restarts = reader.Read<int>();
    }
}

using Streaming.Inference.Series;
using Streaming.Training.Preparation;
using Streaming.Training.Samples;

namespace Benchmarks.Learn;

/// <summary>One regular series as the live path sees it, step by step, and what turns outputs back into values.</summary>
internal sealed class Channel
{
    private readonly double[] anchors;
    private readonly double[] scales;
    private readonly int horizons;

    private Channel(RawSeries series, ForecasterSettings settings, long stepTicks)
    {
        int steps = series.Values.Length, perDay = (int)(TimeSpan.TicksPerDay / stepTicks);
        int season = perDay > 1 ? perDay : 0;
        var profile = new SeriesProfile
        {
            StepTicks = stepTicks,
            SeasonSteps = season,
            WindowSteps = Math.Max(672, 7 * season),
        };
        var marks = new bool[steps];
        double[] values = series.Values;
        horizons = settings.Horizons.Length;
        Values = values;
        (anchors, scales) = (new double[steps * horizons], new double[steps]);
        Window = new WindowEncoder(settings).Encode(
            WindowSample.Of(series.Hash, profile, values, marks, marks, series.TimeTicks), Keep);
    }

    /// <summary>Inputs and labels of every step.</summary>
    public EncodedWindow Window { get; }

    /// <summary>Values, [T].</summary>
    public double[] Values { get; }

    /// <summary>Encodes a series whose season is a day, where that has two steps or more; features are causal: later values change none before them.
    /// </summary>
    public static Channel Of(RawSeries series, ForecasterSettings settings, long stepTicks) =>
        new(series, settings, stepTicks);

    /// <summary>What an output made at a step forecasts, in the series' unit.</summary>
    public double Forecast(int step, int k, float output) => anchors[(step * horizons) + k] + (scales[step] * output);

    /// <summary>Error of an output made at a step, in the series' unit.</summary>
    public double Error(int step, int k, float output, int horizonSteps) =>
        Forecast(step, k, output) - Values[step + horizonSteps];

    /// <summary>Standard deviation of the first values.</summary>
    public double Deviation(int steps)
    {
        double mean = Values.Take(steps).Average();
        double deviation = Math.Sqrt(Values.Take(steps).Average(value => (value - mean) * (value - mean)));
        return deviation > 0 ? deviation : 1;
    }

    /// <summary>
    /// Weighs each label by the square of what a unit of its scale is worth in a score of squared errors.
    /// </summary>
    public void WeighLabels(double deviation)
    {
        float[] weights = Window.Weights;
        for (int n = 0; n < weights.Length; n++)
        {
            double worth = scales[n / horizons] / deviation;
            weights[n] *= (float)Math.Clamp(worth * worth, 1e-3, 1e3);
        }
    }

    private void Keep(int step, Anchors[] own, double scale)
    {
        scales[step] = scale;
        for (int k = 0; k < horizons; k++)
        {
            anchors[(step * horizons) + k] = own[k].Value;
        }
    }
}

using Benchmarks.Learn;
using Streaming.Inference.Model;
using Streaming.Training.Preparation;

namespace Benchmarks.Experts;

/// <summary>The LSTM head beside the experts, step by step.</summary>
internal sealed class NetworkRun
{
    private const int Hidden = NetworkPretraining.Hidden;
    private const int Layers = NetworkPretraining.Layers;

    private readonly Channel[] channels;
    private readonly Prequential run;
    private readonly OnlineTuner tuner;
    private readonly float[] states;
    private readonly double[] forecasts;
    private readonly int horizons;

    /// <summary>Starts at the first step.</summary>
    /// <param name="file">Step, and which rows set the unit of errors.</param>
    /// <param name="series">What it forecasts.</param>
    /// <param name="horizons">In steps, [K].</param>
    /// <param name="parameters">What it has learnt before.</param>
    public NetworkRun(ExpertsFile file, IReadOnlyList<RawSeries> series, int[] horizons, ModelParameters parameters)
    {
        channels = NetworkPretraining.Encode(file, series, horizons);
        this.horizons = horizons.Length;
        run = new Prequential(channels, parameters);
        tuner = new OnlineTuner(channels, parameters, horizons);
        states = new float[channels.Length * 2 * Layers * Hidden];
        forecasts = new double[channels.Length * horizons.Length];
    }

    /// <summary>Takes one step of all channels; steps come in order from 0.</summary>
    public void Step(int t)
    {
        run.Step(t);
        for (int c = 0; c < channels.Length; c++)
        {
            run.CopyState(c, State(c));
            for (int k = 0; k < horizons; k++)
            {
                forecasts[(c * horizons) + k] = run.Forecast(c, t, k);
            }
        }
    }

    /// <summary>Learns after a step has been seen.</summary>
    public void Tune(int t) => run.Weights = tuner.Tune(t);

    /// <summary>Forecasts of the last step, [K], in the series' unit.</summary>
    public ReadOnlySpan<double> Forecast(int channel) => forecasts.AsSpan(channel * horizons, horizons);

    /// <summary>Hidden state of the top layer after the last step.</summary>
    public ReadOnlySpan<float> TopState(int channel) => State(channel).Slice(2 * (Layers - 1) * Hidden, Hidden);

    private Span<float> State(int channel) => states.AsSpan(channel * 2 * Layers * Hidden, 2 * Layers * Hidden);
}

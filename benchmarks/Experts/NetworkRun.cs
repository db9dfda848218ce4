using Benchmarks.Learn;
using Streaming.Inference.Model;
using Streaming.Inference.Series;
using Streaming.Training.Losses;
using Streaming.Training.Preparation;

namespace Benchmarks.Experts;

/// <summary>The LSTM head beside the experts: pretrained on the first part of a file, fine-tuned daily after it.
/// </summary>
internal sealed class NetworkRun
{
    private const int Hidden = 32;
    private const int Layers = 2;

    private readonly Channel[] channels;
    private readonly Prequential run;
    private readonly OnlineTuner tuner;
    private readonly float[] states;
    private readonly double[] forecasts;
    private readonly int horizons;

    private NetworkRun(Channel[] channels, ModelParameters parameters, int[] horizons)
    {
        this.channels = channels;
        this.horizons = horizons.Length;
        run = new Prequential(channels, parameters);
        tuner = new OnlineTuner(channels, parameters, horizons);
        states = new float[channels.Length * 2 * Layers * Hidden];
        forecasts = new double[channels.Length * horizons.Length];
    }

    /// <summary>Hidden units that a readout sees.</summary>
    public static int HiddenUnits => Hidden;

    /// <summary>Pretrains on what comes before the scored rows.</summary>
    public static NetworkRun Pretrain(ExpertsFile file, IReadOnlyList<RawSeries> series, int[] horizons)
    {
        var settings = new ForecasterSettings { Horizons = [.. horizons], QuantileLevels = [], LagSteps = 336 };
        int rows = series[0].Values.Length, trainEnd = file.TrainEnd(rows), end = file.OnlineStart(rows);
        Channel[] channels = [.. series.Select(one => Channel.Of(one, settings, file.StepTicks))];
        Channel[] first =
        [
            .. series.Select(one => Channel.Of(
                one with { TimeTicks = one.TimeTicks[..end], Values = one.Values[..end] }, settings, file.StepTicks)),
        ];
        for (int c = 0; c < channels.Length; c++)
        {
            double deviation = channels[c].Deviation(trainEnd);
            channels[c].WeighLabels(deviation);
            first[c].WeighLabels(deviation);
        }

        ModelParameters trained = Pretraining.Run(file.Name, first.Select(one => one.Window), settings, new()
        {
            HorizonSteps = settings.Horizons,
            Loss = LossKind.MeanSquared,
            LearningRate = 3e-3,
            Epochs = 16,
            ValidationShare = 1 - (trainEnd / (double)end),
        });
        return new(channels, trained, horizons);
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

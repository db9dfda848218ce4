using Streaming.Inference.Model;

namespace Benchmarks.Learn;

/// <summary>Forecasts some channels step by step with carried state, by the network alone.</summary>
internal sealed class Prequential
{
    private readonly Channel[] channels;
    private readonly StateTable states;
    private readonly int[] rows;
    private readonly StepScratch scratch;
    private readonly float[] inputs;
    private readonly float[] skip;
    private readonly float[] outputs;
    private readonly int horizons;

    public Prequential(Channel[] channels, ModelParameters parameters)
    {
        ModelShape shape = parameters.Shape;
        this.channels = channels;
        horizons = shape.Outputs;
        states = new(shape, channels.Length);
        rows = [.. channels.Select(_ => states.Rent())];
        scratch = new(shape, channels.Length);
        inputs = new float[channels.Length * shape.Inputs];
        skip = new float[channels.Length * shape.SkipInputs];
        outputs = new float[channels.Length * horizons];
        Weights = ModelWeights.Pack(parameters);
    }

    /// <summary>Version in force.</summary>
    public ModelWeights Weights { get; set; }

    /// <summary>Takes one step of all channels; steps come in order from 0.</summary>
    public void Step(int t)
    {
        int width = inputs.Length / channels.Length, skipWidth = skip.Length / channels.Length;
        for (int c = 0; c < channels.Length; c++)
        {
            channels[c].Window.Inputs.AsSpan(t * width, width).CopyTo(inputs.AsSpan(c * width));
            channels[c].Window.Skip.AsSpan(t * skipWidth, skipWidth).CopyTo(skip.AsSpan(c * skipWidth));
        }

        NetworkStep.Run(Weights, states, rows, inputs, skip, outputs, scratch);
    }

    /// <summary>The last step's forecast of a channel, in its unit.</summary>
    /// <param name="channel">Place of the channel.</param>
    /// <param name="step">The last step.</param>
    /// <param name="k">Place of the horizon.</param>
    public double Forecast(int channel, int step, int k) =>
        channels[channel].Forecast(step, k, outputs[(channel * horizons) + k]);

    /// <summary>Error of the last step's forecast of a channel, in its unit.</summary>
    /// <param name="channel">Place of the channel.</param>
    /// <param name="step">The last step.</param>
    /// <param name="k">Place of the horizon, of k + 1 steps.</param>
    public double Error(int channel, int step, int k) =>
        channels[channel].Error(step, k, outputs[(channel * horizons) + k], k + 1);
}

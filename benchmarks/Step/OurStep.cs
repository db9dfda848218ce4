using System.Runtime.CompilerServices;
using Streaming.Inference.Model;

namespace Benchmarks.Step;

/// <summary>
/// Steps a batch of series with <see cref="NetworkStep"/>, each call the next batch of a fixed order.
/// </summary>
internal sealed class OurStep
{
    private readonly ModelWeights weights;
    private readonly StateTable states;
    private readonly StepScratch scratch;
    private readonly int[] order;
    private readonly int batch;
    private readonly float[] inputs;
    private readonly float[] outputs;
    private int next;

    /// <param name="parameters">The model.</param>
    /// <param name="series">Series stepped in turn, in scattered order when more than one batch.</param>
    /// <param name="batch">Series a call.</param>
    public OurStep(ModelParameters parameters, int series, int batch)
    {
        ModelShape shape = parameters.Shape;
        var random = new Random(Seed: 1);
        weights = ModelWeights.Pack(parameters);
        states = new StateTable(shape, series);
        scratch = new StepScratch(shape, 256);
        order = [.. Enumerable.Range(0, series).Select(_ => states.Rent())];
        if (series > batch)
        {
            random.Shuffle(order);
        }

        this.batch = batch;
        inputs = [.. Enumerable.Range(0, batch * shape.Inputs).Select(_ => (2 * random.NextSingle()) - 1)];
        outputs = new float[batch * shape.Outputs];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run()
    {
        NetworkStep.Run(weights, states, order.AsSpan(next, batch), inputs, [], outputs, scratch);
        next = next + (2 * batch) <= order.Length ? next + batch : 0;
    }
}

using Streaming.Inference.Model;
using Streaming.Training.Arithmetic;
using Streaming.Training.Losses;
using Streaming.Training.Network;
using Streaming.Training.Optimization;
using Streaming.Training.Samples;

namespace Benchmarks.Train;

/// <summary>One update on a batch that stays the same: 2 layers, 8 inputs, one output, 32 series by 32 steps.</summary>
internal sealed class TrainBatch
{
    private const int Inputs = 8;
    private const int Rows = 32;
    private const int Steps = 32;

    private readonly PackedParameters parameters;
    private readonly ChunkBatch batch;
    private readonly CarriedState state;
    private readonly Tape tape;
    private readonly ChunkLoss loss = new(LossKind.Huber, [], Rows);
    private readonly BackwardPass backward;
    private readonly Optimizer optimizer;
    private readonly AlignedFloats gradient;

    public TrainBatch(int hidden)
    {
        var shape = new ModelShape(Inputs, hidden, layers: 2, skipInputs: 0, outputs: 1);
        parameters = new(ModelInitializer.Create(shape, seed: 1));
        ParameterLayout layout = parameters.Layout;
        batch = new(shape, Rows, Steps);
        batch.Load(Parts(new Random(1)), 0, Steps, [1]);
        state = new(layout, Rows);
        tape = new(layout, Rows, Steps);
        backward = new(layout, Rows, Steps);
        optimizer = new(layout, new());
        gradient = new(layout.Length);
    }

    /// <summary>
    /// Floating-point operations of the products: forward once, backward twice, but the first layer's inputs have no
    /// gradient.
    /// </summary>
    public static double Operations(int hidden)
    {
        double first = 4.0 * hidden * (Inputs + hidden), second = 4.0 * hidden * 2 * hidden;
        return 2 * Rows * Steps * ((3 * (first + second + hidden)) - (4.0 * hidden * Inputs));
    }

    public void Run()
    {
        ForwardPass.Run(parameters, batch, state, tape);
        loss.Run(batch, tape);
        backward.Run(parameters, batch, tape, gradient.Span);
        GradientClip.Apply(gradient.Span, 1);
        optimizer.Step(parameters.Values, gradient.Span, 1e-6);
    }

    private static WindowPart[] Parts(Random random)
    {
        float[] Values(int count) => [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 2) - 1)];
        float[] weights = new float[Steps];
        Array.Fill(weights, 1);
        return [.. Enumerable.Range(0, Rows).Select(row => new WindowPart(
            new((ulong)row, Steps, Values(Steps * Inputs), [], Values(Steps), weights), 0, Steps, 0, int.MaxValue))];
    }
}

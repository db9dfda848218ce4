using Streaming.Inference.Model;
using Streaming.Training.Losses;
using Streaming.Training.Network;
using Streaming.Training.Optimization;
using Streaming.Training.Samples;
using Streaming.Training.Threads;

namespace Benchmarks.Train;

/// <summary>One update on a batch that stays the same: 2 layers, 8 inputs, one output, 32 series by 32 steps.</summary>
internal sealed class TrainBatch : IDisposable
{
    private const int Inputs = 8;
    private const int Rows = 32;
    private const int Steps = 32;

    private readonly PackedParameters parameters;
    private readonly ChunkBatch batch;
    private readonly CarriedState state;
    private readonly WorkerTeam team;
    private readonly ChunkGradient gradient;
    private readonly Optimizer optimizer;

    public TrainBatch(int hidden, int threads)
    {
        var shape = new ModelShape(Inputs, hidden, layers: 2, skipInputs: 0, outputs: 1);
        parameters = new(ModelInitializer.Create(shape, seed: 1));
        ParameterLayout layout = parameters.Layout;
        batch = new(shape, Rows, Steps);
        batch.Load(Parts(new Random(1)), 0, Steps, [1]);
        state = new(layout, Rows);
        team = new(threads);
        gradient = new(layout, new(LossKind.Huber, [], Rows), Rows, Steps, team: team);
        optimizer = new(layout, new());
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
        gradient.Run(parameters, batch, state);
        GradientClip.Apply(gradient.Values, 1);
        optimizer.Step(parameters.Values, gradient.Values, 1e-6);
    }

    public void Dispose() => team.Dispose();

    private static WindowPart[] Parts(Random random)
    {
        float[] Values(int count) => [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 2) - 1)];
        float[] weights = new float[Steps];
        Array.Fill(weights, 1);
        return [.. Enumerable.Range(0, Rows).Select(row => new WindowPart(
            new((ulong)row, Steps, Values(Steps * Inputs), [], Values(Steps), weights), 0, Steps, 0, int.MaxValue))];
    }
}

using Streaming.Inference.Model;
using Streaming.Training.Losses;
using Streaming.Training.Network;
using Streaming.Training.Optimization;
using Streaming.Training.Samples;

namespace Streaming.Training.Tests.Golden;

/// <summary>The whole training step against torch 1.13: sizes and schedule as in torch_training.py.</summary>
public sealed class TorchTrainingTests
{
    private const int Rows = 3;
    private const int Steps = 6;
    private const int Chunks = 4;
    private const int Epochs = 5;

    private static readonly ModelShape Shape = new(3, 5, 2, 2, 2);

    public static TheoryData<string, OptimizerKind, double, double, double, double> Runs => new()
    {
        { "Adam", OptimizerKind.Adam, 0.002, 0.999, 0, 0 },
        { "AdamW", OptimizerKind.AdamW, 0.002, 0.999, 0, 0 },
        { "RmsProp", OptimizerKind.RmsProp, 0.002, 0.99, 0, 0 },
        { "Sgd", OptimizerKind.Sgd, 0.05, 0, 0, 0 },
        { "AdamPenalty", OptimizerKind.Adam, 0.002, 0.999, 0.01, 0.02 },
    };

    [Theory, MemberData(nameof(Runs))]
    public void Step_TwentyUpdates_FollowsTorch(
        string name, OptimizerKind kind, double rate, double squareDecay, double l1, double l2)
    {
        TorchTraining torch = TorchTraining.Load();
        TorchRun run = torch.Runs[name];
        WindowPart[] parts = Parts(torch);
        var model = new ModelParameters(Shape);
        torch.Start.CopyTo(model.Values, 0);
        var parameters = new PackedParameters(model);
        ParameterLayout layout = parameters.Layout;
        var optimizer = new Optimizer(layout, new() { Kind = kind, SquareDecay = squareDecay, WeightDecay = 0.1 });
        var batch = new ChunkBatch(Shape, Rows, Steps);
        var state = new CarriedState(layout, Rows);
        var gradient = new ChunkGradient(layout, new(LossKind.Huber, [], Rows), Rows, Steps);

        for (int n = 0; n < Epochs * Chunks; n++)
        {
            if (n % Chunks == 0)
            {
                state.Clear();
            }

            batch.Load(parts, n % Chunks * Steps, Steps, [1, 2]);
            (double loss, _, _) = gradient.Run(parameters, batch, state);
            new WeightPenalty(l1, l2).AddTo(gradient.Values, parameters.Values, layout);
            double norm = GradientClip.Apply(gradient.Values, 0.3);
            optimizer.Step(parameters.Values, gradient.Values, rate);

            Assert.Equal(run.Losses[n], loss, 1e-5);
            Assert.Equal(run.Norms[n], norm, 1e-5);
        }

        float[] final = parameters.ToModel().Values;
        Assert.All(final.Zip(run.Final), pair => Assert.Equal(pair.Second, pair.First, 1e-5f));
        Assert.True(final.Zip(torch.Start).Max(pair => Math.Abs(pair.First - pair.Second)) > 0.01);
    }

    private static WindowPart[] Parts(TorchTraining torch) =>
        [.. Enumerable.Range(0, Rows).Select(row => new WindowPart(
            new(
                (ulong)row,
                Chunks * Steps,
                RowOf(torch.Inputs, row, Shape.Inputs),
                RowOf(torch.Skip, row, Shape.SkipInputs),
                RowOf(torch.Targets, row, Shape.Outputs),
                RowOf(torch.Weights, row, Shape.Outputs)),
            0,
            Chunks * Steps,
            0,
            int.MaxValue))];

    private static float[] RowOf(float[] values, int row, int width) =>
        [.. values.Where((_, n) => n / width % Rows == row)];
}

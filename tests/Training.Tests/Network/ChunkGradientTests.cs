using Streaming.Inference.Model;
using Streaming.Training.Losses;
using Streaming.Training.Network;
using Streaming.Training.Tests.Reference;
using Streaming.Training.Threads;

namespace Streaming.Training.Tests.Network;

public sealed class ChunkGradientTests
{
    /// <summary>Step of the central differences, in double: error about 1e-10.</summary>
    private const double Difference = 1e-5;

    [Theory, MemberData(nameof(ChunkCase.Sizes), MemberType = typeof(ChunkCase))]
    public void Run_Huber_MatchesFiniteDifferences(
        int inputs, int hidden, int layers, int skip, int outputs, int rows, int steps) =>
        AssertGradient(LossKind.Huber, new(41, new(inputs, hidden, layers, skip, outputs), rows, steps));

    [Theory]
    [InlineData(LossKind.MeanSquared)]
    [InlineData(LossKind.MeanAbsolute)]
    [InlineData(LossKind.Pinball)]
    public void Run_OtherLosses_MatchFiniteDifferences(LossKind kind) =>
        AssertGradient(kind, new(42, new(3, 5, 2, 2, 3), rows: 3, steps: 5));

    [Fact]
    public void Run_WithDropout_MatchesFiniteDifferences() =>
        AssertGradient(LossKind.Huber, new(43, new(3, 5, 3, 2, 3), rows: 3, steps: 5), new(0.4, seed: 1));

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Run_AnyThreads_GivesTheBitsOfOne(int threads)
    {
        using var team = new WorkerTeam(threads);
        foreach (object[] size in ChunkCase.Sizes().Append([9, 70, 2, 70, 3, 37, 12]))
        {
            int[] n = [.. size.Cast<int>()];
            var sample = new ChunkCase(44, new(n[0], n[1], n[2], n[3], n[4]), n[5], n[6]);

            (double expectedLoss, float[] expected) = Run(sample, WorkerTeam.Alone);
            (double loss, float[] actual) = Run(sample, team);

            Assert.Equal(expectedLoss, loss);
            Assert.Equal(expected, actual);
        }
    }

    /// <summary>Loss of the second of two batches with dropout, its gradient, and the state after it.</summary>
    private static (double Loss, float[] Values) Run(ChunkCase sample, WorkerTeam team)
    {
        var parameters = new PackedParameters(sample.Parameters);
        CarriedState state = sample.NewState(parameters.Layout);
        var gradient = new ChunkGradient(
            parameters.Layout,
            new(LossKind.Pinball, sample.Levels, sample.Rows),
            sample.Rows,
            sample.Steps,
            new(0.3, seed: 5),
            team);
        gradient.Run(parameters, sample.NewBatch(), state);
        (double loss, _, _) = gradient.Run(parameters, sample.NewBatch(), state);
        return (loss, [.. gradient.Values, .. state.Hidden(0), .. state.Cell(sample.Shape.Layers - 1)]);
    }

    private static void AssertGradient(LossKind kind, ChunkCase sample, Dropout? dropout = null)
    {
        (double loss, float[] gradient) = Gradient(kind, sample, dropout);

        double[] exact = [.. sample.Parameters.Values.Select(v => (double)v)];
        var expected = new double[exact.Length];
        for (int n = 0; n < exact.Length; n++)
        {
            double kept = exact[n];
            exact[n] = kept + Difference;
            double above = sample.Loss(kind, exact);
            exact[n] = kept - Difference;
            expected[n] = (above - sample.Loss(kind, exact)) / (2 * Difference);
            exact[n] = kept;
        }

        Assert.Equal(sample.Loss(kind, exact), loss, 2e-6);
        double tolerance = 2e-6 * (1 + expected.Max(Math.Abs));
        for (int n = 0; n < expected.Length; n++)
        {
            Assert.True(Math.Abs(expected[n] - gradient[n]) < tolerance, $"{n}: {expected[n]} but {gradient[n]}");
        }
    }

    /// <summary>Gradient of the code under test, in the torch layout.</summary>
    private static (double Loss, float[] Gradient) Gradient(LossKind kind, ChunkCase sample, Dropout? dropout)
    {
        var parameters = new PackedParameters(sample.Parameters);
        ParameterLayout layout = parameters.Layout;
        var gradient = new ChunkGradient(
            layout, new(kind, sample.Levels, sample.Rows), sample.Rows, sample.Steps, dropout);
        gradient.Values.Fill(float.NaN);

        (double loss, _, _) = gradient.Run(parameters, sample.NewBatch(), sample.NewState(layout));
        if (dropout is not null)
        {
            Tape tape = gradient.Tape;
            float[][] masks = [.. Enumerable.Range(0, 2).Select(l => tape.WholeDropoutMask(l))];
            sample.Factor = (t, row, l, u) => masks[l][(((t * sample.Rows) + row) * layout.Hidden) + u];
        }

        var torch = new ModelParameters(sample.Shape);
        ParameterPacking.Unpack(gradient.Values, layout, torch);
        Assert.Equal(torch.Values.Count(v => v != 0), gradient.Values.ToArray().Count(v => v != 0));
        return (loss, torch.Values);
    }
}

using Streaming.Inference.Model;
using Streaming.Training.Losses;
using Streaming.Training.Network;
using Streaming.Training.Tests.Reference;

namespace Streaming.Training.Tests.Network;

public sealed class BackwardPassTests
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
        var tape = new Tape(layout, sample.Rows, sample.Steps, canDrop: true);
        ChunkBatch batch = sample.NewBatch();
        var gradient = new float[layout.Length];
        Array.Fill(gradient, float.NaN);

        ForwardPass.Run(parameters, batch, sample.NewState(layout), tape, dropout);
        if (dropout is not null)
        {
            float[][] masks = [.. Enumerable.Range(0, 2).Select(l => tape.DropoutMask(l).ToArray())];
            sample.Factor = (t, row, l, u) => masks[l][(((t * sample.Rows) + row) * layout.Hidden) + u];
        }

        (double loss, _, _) = new ChunkLoss(kind, sample.Levels, sample.Rows).Run(batch, tape);
        new BackwardPass(layout, sample.Rows, sample.Steps).Run(parameters, batch, tape, gradient);

        var torch = new ModelParameters(sample.Shape);
        ParameterPacking.Unpack(gradient, layout, torch);
        Assert.Equal(torch.Values.Count(v => v != 0), gradient.Count(v => v != 0));
        return (loss, torch.Values);
    }
}

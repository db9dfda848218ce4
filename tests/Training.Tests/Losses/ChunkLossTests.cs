using Streaming.Inference.Model;
using Streaming.Training.Losses;
using Streaming.Training.Network;
using Streaming.Training.Samples;

namespace Streaming.Training.Tests.Losses;

public sealed class ChunkLossTests
{
    private static readonly ModelShape Shape = new(1, 1, 1, 0, 2);

    [Fact]
    public void Run_SeriesWithFewAndManyLabels_WeighTheSame()
    {
        WindowPart[] parts = [Part([3, 3, 3, 3], [1, 1, 1, 1]), Part([5, 9, 9, 9], [0.5f, 0, 0, 0])];

        (double loss, int series, int labels, float[] slopes) = Run(parts);

        Assert.Equal((9 + 25) / 2.0, loss, 1e-9);
        Assert.Equal(2, series);
        Assert.Equal(5, labels);
        Assert.Equal([-0.75f, -0.75f, -5, 0, -0.75f, -0.75f, 0, 0], slopes);
    }

    [Fact]
    public void Run_SeriesWithoutLabels_DoesNotCount()
    {
        WindowPart[] parts = [Part([3, 3, 3, 3], [1, 1, 1, 1]), Part([9, 9, 9, 9], [0, 0, 0, 0])];

        (double loss, int series, int labels, _) = Run(parts);

        Assert.Equal((9, 1, 4), (loss, series, labels));
    }

    [Fact]
    public void Run_NoLabels_IsZeroWithZeroGradient()
    {
        (double loss, int series, int labels, float[] slopes) = Run([Part([9, 9, 9, 9], [0, 0, 0, 0])]);

        Assert.Equal((0, 0, 0), (loss, series, labels));
        Assert.All(slopes, slope => Assert.Equal(0, slope));
    }

    /// <summary>A network that forecasts zero forecasts the anchor: whatever the series, it loses one.</summary>
    [Fact]
    public void Run_RelativeToTheAnchor_AnchorLosesOneAtEachOutput()
    {
        WindowPart[] parts = [Part([3, 0.1f, 1, 0.2f], [1, 1, 1, 1]), Part([90, 5, 7, 9], [1, 1, 0, 1])];
        WindowPart[] relative =
            [.. parts.Select(part => part with { Window = part.Window.RelativeToAnchor(LossKind.MeanSquared) })];

        (_, _, _, float[] slopes) = Run(parts);
        (double loss, _, _, float[] relativeSlopes) = Run(relative);

        double[] units = [(9 + 1) / 2.0, (0.01 + 0.04) / 2, 8_100, (25 + 81) / 2.0]; // [row, K]
        Assert.Equal(1, loss, 1e-6);
        Assert.Equal(
            slopes.Select((slope, n) => slope / units[n % 4]), relativeSlopes.Select(slope => (double)slope), Near);
    }

    private static bool Near(double expected, double actual) =>
        Math.Abs(expected - actual) <= 1e-5 * Math.Max(1, Math.Abs(expected));

    private static WindowPart Part(float[] targets, float[] weights) =>
        new(new(1, 2, new float[2], [], targets, weights), 0, 2, 0, int.MaxValue);

    /// <summary>Mean squared loss of a network that forecasts zero; slopes as [step, row, K].</summary>
    private static (double Loss, int Series, int Labels, float[] Slopes) Run(WindowPart[] parts)
    {
        var parameters = new PackedParameters(new ModelParameters(Shape));
        var batch = new ChunkBatch(Shape, parts.Length, 2);
        var tape = new Tape(parameters.Layout, parts.Length, 2);
        batch.Load(parts, 0, 2, [1, 2]);
        ForwardPass.Run(parameters, batch, new(parameters.Layout, parts.Length), tape);

        var loss = new ChunkLoss(LossKind.MeanSquared, [], parts.Length);
        (int series, int labels) = loss.Begin(batch);
        loss.Run(batch, tape, new(0, parts.Length));

        int width = parameters.Layout.Outputs;
        float[] outputs = tape.Outputs.Values[..(tape.Outputs.Rows * width)].ToArray();
        return (loss.Total(batch), series, labels, [.. outputs.Where((_, n) => n % width < 2)]);
    }
}

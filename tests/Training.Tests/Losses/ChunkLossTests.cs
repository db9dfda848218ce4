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

using Streaming.Inference.Model;
using Streaming.Training.Arithmetic;
using Streaming.Training.Network;
using Streaming.Training.Samples;
using Streaming.Training.Tests.Reference;

namespace Streaming.Training.Tests.Network;

public sealed class ForwardPassTests
{
    [Theory, MemberData(nameof(ChunkCase.Sizes), MemberType = typeof(ChunkCase))]
    public void Run_AnyShape_MatchesDoublePrecision(
        int inputs, int hidden, int layers, int skip, int outputs, int rows, int steps)
    {
        var sample = new ChunkCase(31, new(inputs, hidden, layers, skip, outputs), rows, steps);
        var parameters = new PackedParameters(sample.Parameters);
        var tape = new Tape(parameters.Layout, rows, steps);

        ForwardPass.Run(parameters, sample.NewBatch(), sample.NewState(parameters.Layout), tape);

        double[] exact = [.. sample.Parameters.Values.Select(v => (double)v)];
        for (int row = 0; row < rows; row++)
        {
            double[][] expected = sample.Outputs(exact, row);
            for (int n = 0; n < steps * outputs; n++)
            {
                int place = (((n / outputs * rows) + row) * parameters.Layout.Outputs) + (n % outputs);
                Assert.Equal(expected[n / outputs][n % outputs], tape.Outputs.Values[place], 5e-6);
            }
        }
    }

    [Fact]
    public void Run_TwoChunks_EqualsOneLongChunkBitForBit()
    {
        var sample = new ChunkCase(32, new(5, 19, 3, 4, 3), rows: 5, steps: 11);
        var parameters = new PackedParameters(sample.Parameters);
        CarriedState whole = sample.NewState(parameters.Layout), carried = sample.NewState(parameters.Layout);

        float[] expected = RunSteps(sample, parameters, whole, sample.Parts, 0, 11);
        float[] first = RunSteps(sample, parameters, carried, sample.Parts, 0, 4);
        float[] second = RunSteps(sample, parameters, carried, sample.Parts, 4, 7);

        Assert.Equal(expected, first.Concat(second));
        for (int l = 0; l < 3; l++)
        {
            Assert.Equal(whole.Hidden(l).ToArray(), carried.Hidden(l).ToArray());
            Assert.Equal(whole.Cell(l).ToArray(), carried.Cell(l).ToArray());
        }
    }

    [Fact]
    public void Run_FewerRows_LeavesTheOthersBitIdentical()
    {
        var sample = new ChunkCase(33, new(5, 19, 2, 4, 3), rows: 6, steps: 5);
        var parameters = new PackedParameters(sample.Parameters);
        int width = parameters.Layout.Outputs;

        float[] all = RunSteps(sample, parameters, sample.NewState(parameters.Layout), sample.Parts, 0, 5);
        float[] few = RunSteps(sample, parameters, sample.NewState(parameters.Layout), sample.Parts[..3], 0, 5);

        float[] expected = [.. all.Where((_, n) => n / width % 6 < 3)];
        Assert.Equal(expected, few);
    }

    [Fact]
    public void Load_PartThatEndsInside_IsZeroWithoutLabelsPastItsEnd()
    {
        var shape = new ModelShape(2, 3, 1, 1, 2);
        EncodedWindow window = new Random(34).Window(shape, 1, 8);
        var batch = new ChunkBatch(shape, 1, 4);

        batch.Load([new WindowPart(window, 1, 7, 4, 7)], 4, 4, [1, 2]);

        Assert.Equal([.. window.Inputs[10..14], 0, 0, 0, 0], batch.Inputs.Values[..8].ToArray());
        Assert.Equal([window.Weights[10], 0, 0, 0, 0, 0, 0, 0], batch.Weights.ToArray());
    }

    private static float[] RunSteps(
        ChunkCase sample, PackedParameters parameters, CarriedState state, WindowPart[] parts, int from, int steps)
    {
        var batch = new ChunkBatch(sample.Shape, parts.Length, steps);
        var tape = new Tape(parameters.Layout, parts.Length, steps);
        batch.Load(parts, from, steps, sample.Horizons);
        ForwardPass.Run(parameters, batch, state, tape);
        MatrixView outputs = tape.Outputs;
        return outputs.Values[..(outputs.Rows * outputs.Columns)].ToArray();
    }
}

using Streaming.Inference.Model;
using Streaming.Training.Network;
using Streaming.Training.Tests.Reference;

namespace Streaming.Training.Tests.Network;

public sealed class DropoutTests
{
    private static readonly ModelShape Shape = new(3, 16, 2, 0, 1);

    [Fact]
    public void Apply_ManyUnits_SwitchesOffTheShareAndKeepsTheMean()
    {
        float[] mask = Masks(new Dropout(0.3, seed: 1), passes: 1)[0];

        Assert.Equal(0.3, mask.Count(factor => factor == 0) / (double)mask.Length, 0.03);
        Assert.Equal(1, mask.Average(), 0.04f);
        Assert.All(mask, factor => Assert.True(factor is 0 or 1 / 0.7f));
    }

    [Fact]
    public void Apply_SameSeed_GivesTheSameMasksAndOthersEachPass()
    {
        float[][] first = Masks(new Dropout(0.3, seed: 1), passes: 2), second = Masks(new Dropout(0.3, seed: 1), 2);

        Assert.Equal(first, second);
        Assert.NotEqual(first[0], first[1]);
        Assert.NotEqual(first[0], Masks(new Dropout(0.3, seed: 2), passes: 1)[0]);
    }

    [Fact]
    public void Run_RateZero_IsTheNetworkItself()
    {
        var sample = new ChunkCase(91, Shape, rows: 2, steps: 3);
        var parameters = new PackedParameters(sample.Parameters);
        Tape plain = new(parameters.Layout, 2, 3), tape = new(parameters.Layout, 2, 3);

        ForwardPass.Run(parameters, sample.NewBatch(), sample.NewState(parameters.Layout), plain);
        ForwardPass.Run(parameters, sample.NewBatch(), sample.NewState(parameters.Layout), tape, new(0, seed: 1));

        Assert.Equal(plain.Outputs.Values, tape.Outputs.Values);
    }

    [Fact]
    public void Run_TapeWithoutRoom_Throws()
    {
        var sample = new ChunkCase(92, Shape, rows: 2, steps: 3);
        var parameters = new PackedParameters(sample.Parameters);
        var tape = new Tape(parameters.Layout, 2, 3);

        Assert.Throws<InvalidOperationException>(() => ForwardPass.Run(
            parameters, sample.NewBatch(), sample.NewState(parameters.Layout), tape, new(0.5, seed: 1)));
    }

    private static float[][] Masks(Dropout dropout, int passes)
    {
        var sample = new ChunkCase(93, Shape, rows: 8, steps: 20);
        var parameters = new PackedParameters(sample.Parameters);
        var tape = new Tape(parameters.Layout, 8, 20, canDrop: true);
        var masks = new float[passes][];
        for (int pass = 0; pass < passes; pass++)
        {
            ForwardPass.Run(
                parameters, sample.NewBatch(), sample.NewState(parameters.Layout), tape, dropout);
            masks[pass] = tape.WholeDropoutMask(0);
        }

        return masks;
    }
}

using Streaming.Inference.Model;
using Streaming.Training.Network;
using Streaming.Training.Tests.Reference;

namespace Streaming.Training.Tests.Network;

public sealed class ParameterPackingTests
{
    [Theory, MemberData(nameof(ChunkCase.Sizes), MemberType = typeof(ChunkCase))]
    public void Unpack_OfPacked_IsTheSame(
        int inputs, int hidden, int layers, int skip, int outputs, int rows, int steps)
    {
        var shape = new ModelShape(inputs, hidden, layers, skip, outputs);
        ModelParameters parameters = new Random(rows + steps).Parameters(shape);

        var packed = new PackedParameters(parameters);

        Assert.Equal(parameters.Values, packed.ToModel().Values);
        Assert.Equal(parameters.Values.Length, packed.Values.ToArray().Count(value => value != 0));
    }

    [Fact]
    public void Pack_ParametersOfAnotherShape_Throws()
    {
        var packed = new PackedParameters(new ModelParameters(new(2, 3, 1, 0, 1)));

        Assert.Throws<ArgumentException>(() => packed.CopyFrom(new ModelParameters(new(2, 4, 1, 0, 1))));
    }
}

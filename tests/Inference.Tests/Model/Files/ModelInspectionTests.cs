using Streaming.Inference.Model;

namespace Inference.Tests.Model.Files;

public sealed class ModelInspectionTests
{
    [Fact]
    public void Read_AFile_SummarizesItsTensorsInTheOrderOfTheirData()
    {
        byte[] file = TensorFile.Of(
            ("weight_ih_l0", [4, 1], [-3, 0, 0, 4]),
            ("head.weight", [1, 1], [2]),
            ("weight_hh_l0", [4, 1], new float[4]));

        ModelInspection read = ModelInspection.Read(file, "f");

        Assert.Equal(file.Length, read.Bytes);
        Assert.Equal(["weight_ih_l0", "head.weight", "weight_hh_l0"], read.Tensors.Select(tensor => tensor.Name));
        TensorSummary first = read.Tensors[0];
        Assert.Equal(("F32", -3f, 4f, 5.0), (first.Type, first.Min, first.Max, first.Norm));
        Assert.Equal([4L, 1], first.Shape.AsEnumerable());
    }
}

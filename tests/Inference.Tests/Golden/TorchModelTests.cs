using Inference.Tests.Model;
using Streaming.Inference.Kernels;
using Streaming.Inference.Model;
using Streaming.Inference.Series;

namespace Inference.Tests.Golden;

/// <summary>A network that torch 1.13 trained, run here; and the file it is then written to, run by torch.</summary>
public sealed class TorchModelTests
{
    private const int Series = 3;
    private const double Tolerance = 1e-6;

    private static readonly Dictionary<string, string> described = new()
    {
        [ModelMetadata.Version] = "golden",
        [ModelMetadata.Horizons] = "1,6,24",
        [ModelMetadata.Lags] = "4",
    };

    [Fact]
    public void Complete_ModelTrainedInTorch_GivesTorchsOutputs()
    {
        TorchModel torch = TorchModel.Load();

        float[] outputs = Outputs(Imported().Parameters, torch.Inputs);

        AssertNear(torch.Outputs, outputs);
    }

    /// <summary>
    /// The committed file is what torch loaded: while we write the same bytes, torch computes what the golden outputs
    /// say. When the format changes, torch_model.py has to be run on the new bytes.
    /// </summary>
    [Fact]
    public void ToBytes_ModelTrainedInTorch_GivesTheFileThatTorchLoaded()
    {
        TorchModel torch = TorchModel.Load();

        ModelFile imported = Imported();

        Assert.Equal(TorchModel.Bytes("torch_model_export.safetensors"), imported.ToBytes());
        AssertNear(torch.ExportOutputs, Outputs(imported.Parameters, torch.Inputs));
    }

    private static ModelFile Imported()
    {
        const string Name = "torch_model.safetensors";
        ModelFile source = ModelFile.Read(TorchModel.Bytes(Name), Name, new(Head: "fc"));
        return ModelImport.Complete(source, described, ServedModel.Metadata("unused"), Name);
    }

    private static float[] Outputs(ModelParameters parameters, float[] inputs)
    {
        ModelShape shape = parameters.Shape;
        var fleet = new Fleet(VectorForms.Best, parameters, Series, maxBatch: Series);
        float[] skip = [.. Enumerable.Repeat(1f, Series * shape.SkipInputs)];
        var outputs = new List<float>();
        foreach (float[] step in inputs.Chunk(Series * shape.Inputs))
        {
            var row = new float[Series * shape.Outputs];
            fleet.Step([0, 1, 2], step, skip, row);
            outputs.AddRange(row);
        }

        return [.. outputs];
    }

    private static void AssertNear(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.Contains(expected, value => Math.Abs(value) > 0.5);
        Assert.All(expected.Zip(actual), pair => Assert.InRange(pair.Second - pair.First, -Tolerance, Tolerance));
    }
}

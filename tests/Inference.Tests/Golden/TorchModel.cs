using System.Text.Json;

namespace Inference.Tests.Golden;

/// <summary>What torch_model.py got from torch.nn.LSTM; step-major, [steps, series, width].</summary>
/// <param name="Inputs">Inputs of the network.</param>
/// <param name="Outputs">What the trained module made of them.</param>
/// <param name="ExportOutputs">What torch made of them with the weights of our file.</param>
internal sealed record TorchModel(float[] Inputs, float[] Outputs, float[] ExportOutputs)
{
    private static readonly JsonSerializerOptions format = new(JsonSerializerDefaults.Web);

    public static TorchModel Load() => JsonSerializer.Deserialize<TorchModel>(Bytes("torch_model.json"), format)!;

    public static byte[] Bytes(string name) => File.ReadAllBytes(RepositoryRoot.Combine("tests", "Golden", name));
}

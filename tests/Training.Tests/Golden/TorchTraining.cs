using System.Text.Json;

namespace Streaming.Training.Tests.Golden;

/// <summary>Values that torch_training.py got from torch.nn.LSTM and torch.optim; time-major, [steps, rows, width].
/// </summary>
internal sealed record TorchTraining(
    float[] Start,
    float[] Inputs,
    float[] Skip,
    float[] Targets,
    float[] Weights,
    Dictionary<string, TorchRun> Runs)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web);

    public static TorchTraining Load()
    {
        string json = File.ReadAllText(RepositoryRoot.Combine("tests", "Golden", "torch_training.json"));
        return JsonSerializer.Deserialize<TorchTraining>(json, Format)!;
    }
}

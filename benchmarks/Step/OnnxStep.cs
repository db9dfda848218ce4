using Microsoft.ML.OnnxRuntime;
using Streaming.Inference.Model;

namespace Benchmarks.Step;

/// <summary>The same model and batch in ONNX Runtime: one thread, inputs and outputs bound once, no copies.</summary>
internal sealed class OnnxStep : IDisposable
{
    private readonly InferenceSession session;
    private readonly OrtIoBinding binding;
    private readonly RunOptions options = new();
    private readonly List<OrtValue> values = [];

    public OnnxStep(ModelParameters parameters, int batch)
    {
        ModelShape shape = parameters.Shape;
        using var sessionOptions = new SessionOptions
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
        };
        byte[] model = OnnxExport.ToBytes(new(parameters, new Dictionary<string, string>()));
        session = new InferenceSession(model, sessionOptions);
        binding = session.CreateIoBinding();
        foreach (string name in session.InputNames)
        {
            binding.BindInput(name, Value(batch, name == "x" ? shape.Inputs : shape.Hidden));
        }

        foreach (string name in session.OutputNames)
        {
            binding.BindOutput(name, Value(batch, name == "y" ? shape.Outputs : shape.Hidden));
        }
    }

    public void Run() => session.RunWithBinding(options, binding);

    public void Dispose()
    {
        binding.Dispose();
        values.ForEach(value => value.Dispose());
        options.Dispose();
        session.Dispose();
    }

    private OrtValue Value(int batch, int width)
    {
        var random = new Random(Seed: width);
        float[] data = [.. Enumerable.Range(0, batch * width).Select(_ => random.NextSingle() - 0.5f)];
        var value = OrtValue.CreateTensorValueFromMemory(data, [1, batch, width]);
        values.Add(value);
        return value;
    }
}

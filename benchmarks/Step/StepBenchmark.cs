using System.Globalization;
using System.Text.Json;
using Streaming.Inference.Kernels;
using Streaming.Inference.Model;

namespace Benchmarks.Step;

/// <summary>
/// Time per series and step against the core's limit and ONNX Runtime: two layers, 8 inputs, one output.
/// </summary>
internal static class StepBenchmark
{
    private const int Inputs = 8;
    private const int PeakLoops = 20_000;
    private const int ScatteredSeries = 100_000;

    private static readonly int[] HiddenSizes = [16, 32, 64, 128];
    private static readonly int[] Batches = [1, 2, 16, 64, 256];
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static int Run(string[] args)
    {
        bool isJson = args.Contains("--json");
        if (args.Any(argument => argument != "--json"))
        {
            Console.Error.WriteLine("Usage: benchmarks step [--json]");
            return 2;
        }

        var results = new List<StepResult>();
        Print(isJson, $"Vectors: {VectorForms.Best}. Times in ns per series and step.");
        Print(isJson, "   H    B       ours  of peak       ONNX  ONNX/ours");
        foreach (int hidden in HiddenSizes)
        {
            foreach (int batch in Batches)
            {
                StepResult result = Measure(hidden, batch);
                results.Add(result);
                Print(isJson, Line(result));
            }
        }

        StepResult scattered = MeasureScattered(hidden: 32, batch: 256);
        results.Add(scattered);
        Print(isJson, $"{Line(scattered)}  {scattered.Series} scattered series: {scattered.HotRatio:F2} x one hot batch");
        if (isJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(results, Json));
        }

        return 0;
    }

    private static StepResult Measure(int hidden, int batch)
    {
        ModelParameters parameters = Parameters(hidden);
        var ours = new OurStep(parameters, batch, batch);
        using var onnx = new OnnxStep(parameters, batch);
        double[] ns = Interleaved.Medians(ours.Run, onnx.Run, Peak);
        return Result(hidden, batch, ns[0] / batch, ns[1] / batch, ns[2]);
    }

    private static StepResult MeasureScattered(int hidden, int batch)
    {
        ModelParameters parameters = Parameters(hidden);
        var hot = new OurStep(parameters, batch, batch);
        var scattered = new OurStep(parameters, ScatteredSeries, batch);
        using var onnx = new OnnxStep(parameters, batch);
        double[] ns = Interleaved.Medians(scattered.Run, onnx.Run, Peak, hot.Run);
        StepResult result = Result(hidden, batch, ns[0] / batch, ns[1] / batch, ns[2]);
        return result with { Series = ScatteredSeries, HotRatio = Math.Round(ns[0] / ns[3], 3) };
    }

    private static void Peak() => FmaPeak.Run(PeakLoops);

    private static StepResult Result(int hidden, int batch, double ourNs, double onnxNs, double peakNs)
    {
        double operations = 2.0 * 4 * hidden * (Inputs + hidden + hidden + hidden);
        double peak = FmaPeak.Operations(PeakLoops) / peakNs;
        return new(
            hidden, batch, Math.Round(ourNs, 1), Math.Round(operations / ourNs / peak, 3), Math.Round(onnxNs, 1),
            Math.Round(onnxNs / ourNs, 2));
    }

    private static ModelParameters Parameters(int hidden)
    {
        var shape = new ModelShape(Inputs, hidden, layers: 2, skipInputs: 0, outputs: 1);
        ModelParameters parameters = ModelInitializer.Create(shape, seed: 1);
        parameters.HeadWeights.Fill(0.1f);
        return parameters;
    }

    private static string Line(StepResult result) => string.Create(
        CultureInfo.InvariantCulture,
        $"{result.Hidden,4} {result.Batch,4} {result.NsPerStep,10:F1} {result.PeakShare,8:P1}"
        + $" {result.OnnxNsPerStep,10:F1} {result.OnnxRatio,10:F2}");

    private static void Print(bool isJson, string line)
    {
        if (!isJson)
        {
            Console.WriteLine(line);
        }
    }
}

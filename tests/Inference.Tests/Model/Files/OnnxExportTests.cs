using Microsoft.ML.OnnxRuntime;
using Streaming.Inference.Kernels;
using Streaming.Inference.Model;

namespace Inference.Tests.Model.Files;

/// <summary>ONNX Runtime, an engine written by others, reads what we export and computes what we compute.</summary>
public sealed class OnnxExportTests
{
    [Theory]
    [InlineData(1, 1, 1, 0, 1)]
    [InlineData(8, 16, 2, 0, 1)]
    [InlineData(5, 20, 3, 7, 3)]
    [InlineData(8, 32, 2, 24, 24)]
    [InlineData(3, 64, 2, 1, 5)]
    public void ToBytes_TwoHundredSteps_OnnxRuntimeAgreesWithin1e6(int inputs, int hidden, int layers, int skip, int outputs)
    {
        const int Series = 5;
        var shape = new ModelShape(inputs, hidden, layers, skip, outputs);
        var random = new Random(Seed: hidden);
        ModelParameters parameters = RandomModel.Parameters(shape, random);
        var fleet = new Fleet(VectorForms.Best, parameters, Series, maxBatch: 3);
        using var session = new InferenceSession(OnnxExport.ToBytes(new(parameters, new Dictionary<string, string>())));
        using var options = new RunOptions();
        var states = Enumerable.Range(0, layers).SelectMany(l => new[] { $"h{l}", $"c{l}" })
            .ToDictionary(name => name, _ => new float[Series * hidden]);
        int[] order = [.. Enumerable.Range(0, Series)];
        var actual = new float[Series * outputs];

        for (int t = 0; t < 200; t++)
        {
            float[] x = RandomModel.Floats(random, Series * inputs), s = RandomModel.Floats(random, Series * skip);
            fleet.Step(order, x, s, actual);
            var feeds = new Dictionary<string, OrtValue> { ["x"] = Value(x, 1, Series, inputs) };
            if (skip > 0)
            {
                feeds["skip"] = Value(s, 1, Series, skip);
            }

            foreach ((string name, float[] values) in states)
            {
                feeds[name] = Value(values, 1, Series, hidden);
            }

            using var results = session.Run(options, feeds, session.OutputNames);
            for (int i = 0; i < results.Count; i++)
            {
                float[] values = results[i].GetTensorDataAsSpan<float>().ToArray();
                if (session.OutputNames[i] == "y")
                {
                    AssertNear(values, actual);
                }
                else
                {
                    states[session.OutputNames[i].Replace("_next", "", StringComparison.Ordinal)] = values;
                }
            }

            foreach (OrtValue feed in feeds.Values)
            {
                feed.Dispose();
            }
        }

        AssertNear(ByShape(states, layers, hidden, Series), fleet.States());
    }

    [Fact]
    public void ToBytes_Metadata_IsReadableByOnnxRuntime()
    {
        var parameters = new ModelParameters(new ModelShape(1, 2, 1, 0, 1));

        using var session = new InferenceSession(
            OnnxExport.ToBytes(new(parameters, new Dictionary<string, string> { ["version"] = "v7" })));

        Assert.Equal("v7", session.ModelMetadata.CustomMetadataMap["version"]);
    }

    private static float[] ByShape(Dictionary<string, float[]> states, int layers, int hidden, int series) =>
    [
        .. from i in Enumerable.Range(0, series)
           from l in Enumerable.Range(0, layers)
           from name in new[] { $"h{l}", $"c{l}" }
           from value in states[name].Skip(i * hidden).Take(hidden)
           select value,
    ];

    private static OrtValue Value(float[] values, params long[] shape) =>
        OrtValue.CreateTensorValueFromMemory(values, shape);

    private static void AssertNear(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            // Relative past 1: heads with many inputs give outputs of several units.
            Assert.InRange(actual[i] - expected[i], -1e-6 * Math.Max(1, Math.Abs(expected[i])),
                1e-6 * Math.Max(1, Math.Abs(expected[i])));
        }
    }
}

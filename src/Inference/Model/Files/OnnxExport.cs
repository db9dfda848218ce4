namespace Streaming.Inference.Model;

/// <summary>Writes a model as ONNX, so that any runtime can serve it.</summary>
/// <remarks>
/// Inputs: x [steps, batch, I]; skip [steps, batch, S] if S &gt; 0; per layer h0, c0, h1, … [1, batch, H]. Outputs:
/// y [steps, batch, K] and the states after the last step, h0_next, c0_next, … to be fed back. Opset 14.
/// </remarks>
public static class OnnxExport
{
    private const int Opset = 14;

    /// <summary>Where ONNX's gates i, o, f, c lie in torch's i, f, g, o.</summary>
    private static readonly int[] GateOrder = [0, 3, 1, 2];

    /// <summary>The model as the bytes of a .onnx file.</summary>
    public static byte[] ToBytes(ModelFile model)
    {
        ArgumentNullException.ThrowIfNull(model);
        ModelParameters parameters = model.Parameters;
        ModelShape shape = parameters.Shape;
        var graph = new OnnxGraph("forecaster");
        graph.Input("x", "steps", "batch", shape.Inputs);
        if (shape.SkipInputs > 0)
        {
            graph.Input("skip", "steps", "batch", shape.SkipInputs);
        }

        graph.Output("y", "steps", "batch", shape.Outputs);
        graph.Axis("direction", 1);
        string below = "x";
        for (int l = 0; l < shape.Layers; l++)
        {
            below = AddLayer(graph, parameters, l, below);
        }

        AddHead(graph, parameters, below);
        return graph.ToModel(Opset, model.Metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal));
    }

    /// <returns>The name of the layer's hidden states, [steps, batch, H].</returns>
    private static string AddLayer(OnnxGraph graph, ModelParameters parameters, int layer, string below)
    {
        int hidden = parameters.Shape.Hidden, inputs = parameters.Shape.LayerInputs(layer);
        string h = $"h{layer}", c = $"c{layer}", w = $"w{layer}", r = $"r{layer}", b = $"b{layer}";
        graph.Input(h, 1, "batch", hidden);
        graph.Input(c, 1, "batch", hidden);
        graph.Output($"{h}_next", 1, "batch", hidden);
        graph.Output($"{c}_next", 1, "batch", hidden);
        graph.Floats(w, Reordered(parameters.InputWeights(layer), hidden * inputs), 1, 4 * hidden, inputs);
        graph.Floats(r, Reordered(parameters.RecurrentWeights(layer), hidden * hidden), 1, 4 * hidden, hidden);
        float[] bias = [.. Reordered(parameters.Bias(layer), hidden), .. new float[4 * hidden]];
        graph.Floats(b, bias, 1, 8 * hidden);
        graph.Node(
            "LSTM", [below, w, r, b, OnnxGraph.None, h, c], [$"all{layer}", $"{h}_next", $"{c}_next"],
            ("hidden_size", hidden));
        graph.Node("Squeeze", [$"all{layer}", "direction"], [$"out{layer}"]);
        return $"out{layer}";
    }

    private static void AddHead(OnnxGraph graph, ModelParameters parameters, string top)
    {
        ModelShape shape = parameters.Shape;
        graph.Floats("head", Transposed(parameters.HeadWeights, shape.Outputs), shape.Hidden, shape.Outputs);
        graph.Floats("bias", parameters.HeadBias, shape.Outputs);
        graph.Node("MatMul", [top, "head"], ["from_hidden"]);
        string sum = "from_hidden";
        if (shape.SkipInputs > 0)
        {
            graph.Floats(
                "skip_weight", Transposed(parameters.SkipWeights, shape.Outputs), shape.SkipInputs, shape.Outputs);
            graph.Node("MatMul", ["skip", "skip_weight"], ["from_skip"]);
            graph.Node("Add", [sum, "from_skip"], ["unbiased"]);
            sum = "unbiased";
        }

        graph.Node("Add", [sum, "bias"], ["y"]);
    }

    private static float[] Reordered(ReadOnlySpan<float> gates, int gateLength)
    {
        var reordered = new float[gates.Length];
        for (int gate = 0; gate < GateOrder.Length; gate++)
        {
            gates.Slice(GateOrder[gate] * gateLength, gateLength).CopyTo(reordered.AsSpan(gate * gateLength));
        }

        return reordered;
    }

    private static float[] Transposed(ReadOnlySpan<float> matrix, int rows)
    {
        int columns = matrix.Length / rows;
        var transposed = new float[matrix.Length];
        for (int i = 0; i < matrix.Length; i++)
        {
            transposed[((i % columns) * rows) + (i / columns)] = matrix[i];
        }

        return transposed;
    }
}

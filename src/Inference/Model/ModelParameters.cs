namespace Streaming.Inference.Model;

/// <summary>Mutable parameters of a network in one flat array, in the layout and gate order of torch.nn.LSTM.</summary>
/// <remarks>
/// Per layer l, row-major: weight_ih [4H, inputs of l], weight_hh [4H, H], bias [4H] (the sum of torch's two); gate
/// blocks i, f, g, o. Then head.weight [K, H], skip.weight [K, S], head.bias [K]. Training works on this form;
/// inference on <c>ModelWeights</c>, packed from it. Not thread-safe.
/// </remarks>
public sealed class ModelParameters
{
    private readonly int[] layerStarts;

    /// <summary>Creates parameters that are all zero.</summary>
    public ModelParameters(ModelShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        Shape = shape;
        layerStarts = new int[shape.Layers + 1];
        for (int l = 0; l < shape.Layers; l++)
        {
            layerStarts[l + 1] = layerStarts[l] + (4 * shape.Hidden * (shape.LayerInputs(l) + shape.Hidden + 1));
        }

        Values = new float[layerStarts[^1] + (shape.Outputs * (shape.Hidden + shape.SkipInputs + 1))];
    }

    /// <summary>Parameters with values given in the order of the remarks; copied.</summary>
    /// <exception cref="ArgumentException">There are more or fewer values than the shape asks for.</exception>
    public static ModelParameters Of(ModelShape shape, ReadOnlySpan<float> values)
    {
        var parameters = new ModelParameters(shape);
        if (values.Length != parameters.Values.Length)
        {
            throw new ArgumentException($"{values.Length} values do not make parameters of {shape}.", nameof(values));
        }

        values.CopyTo(parameters.Values);
        return parameters;
    }

    /// <summary>Sizes that fix the layout.</summary>
    public ModelShape Shape { get; }

    /// <summary>All parameters, in the order of the remarks.</summary>
    public float[] Values { get; }

    /// <summary>Input weights of a layer, [4H, I or H], gates i, f, g, o.</summary>
    public Span<float> InputWeights(int layer) =>
        Values.AsSpan(layerStarts[layer], 4 * Shape.Hidden * Shape.LayerInputs(layer));

    /// <summary>Recurrent weights of a layer, [4H, H], gates i, f, g, o.</summary>
    public Span<float> RecurrentWeights(int layer) =>
        Values.AsSpan(
            layerStarts[layer] + (4 * Shape.Hidden * Shape.LayerInputs(layer)), 4 * Shape.Hidden * Shape.Hidden);

    /// <summary>Bias of a layer, [4H], gates i, f, g, o.</summary>
    public Span<float> Bias(int layer) => Values.AsSpan(layerStarts[layer + 1] - (4 * Shape.Hidden), 4 * Shape.Hidden);

    /// <summary>Head over the top layer's hidden state, [K, H].</summary>
    public Span<float> HeadWeights => Values.AsSpan(layerStarts[^1], Shape.Outputs * Shape.Hidden);

    /// <summary>Linear skip, [K, S].</summary>
    public Span<float> SkipWeights =>
        Values.AsSpan(layerStarts[^1] + (Shape.Outputs * Shape.Hidden), Shape.Outputs * Shape.SkipInputs);

    /// <summary>Bias of the head, [K].</summary>
    public Span<float> HeadBias => Values.AsSpan(Values.Length - Shape.Outputs, Shape.Outputs);

    /// <summary>A copy that shares nothing with this one.</summary>
    public ModelParameters Clone()
    {
        var copy = new ModelParameters(Shape);
        Values.CopyTo(copy.Values, 0);
        return copy;
    }
}

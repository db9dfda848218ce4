using Streaming.Inference.Model;
using Streaming.Training.Arithmetic;

namespace Streaming.Training.Network;

/// <summary>Parameters of a network in the training layout. Not thread-safe.</summary>
internal sealed class PackedParameters
{
    private readonly AlignedFloats values;

    public PackedParameters(ModelParameters parameters)
    {
        Layout = new(parameters.Shape);
        values = new(Layout.Length);
        ParameterPacking.Pack(parameters, Layout, values.Span);
    }

    public ParameterLayout Layout { get; }

    public Span<float> Values => values.Span;

    public void CopyFrom(PackedParameters other) => other.Values.CopyTo(Values);

    public void CopyFrom(ModelParameters other) => ParameterPacking.Pack(other, Layout, Values);

    /// <summary>A copy in the torch layout.</summary>
    public ModelParameters ToModel()
    {
        var model = new ModelParameters(Layout.Shape);
        ParameterPacking.Unpack(Values, Layout, model);
        return model;
    }
}

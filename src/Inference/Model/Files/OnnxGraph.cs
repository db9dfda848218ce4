using System.Buffers.Binary;

namespace Streaming.Inference.Model;

/// <summary>Builds an ONNX graph; field numbers are those of onnx.proto (IR version 8).</summary>
internal sealed class OnnxGraph
{
    private const int FloatType = 1;
    private const int Int64Type = 7;
    private const int AttributeInt = 2;

    private readonly ProtobufWriter graph = new();

    /// <summary>The name of a missing optional input.</summary>
    public const string None = "";

    public OnnxGraph(string name) => graph.Text(2, name);

    /// <summary>Adds a node.</summary>
    public void Node(string operation, string[] inputs, string[] outputs, params (string Name, long Value)[] attributes)
    {
        var node = new ProtobufWriter();
        foreach (string input in inputs)
        {
            node.Text(1, input);
        }

        foreach (string output in outputs)
        {
            node.Text(2, output);
        }

        node.Text(3, outputs[0]).Text(4, operation);
        foreach ((string name, long value) in attributes)
        {
            node.Message(5, new ProtobufWriter().Text(1, name).Integer(3, value).Integer(20, AttributeInt));
        }

        graph.Message(1, node);
    }

    /// <summary>Adds a constant of floats.</summary>
    public void Floats(string name, ReadOnlySpan<float> values, params ReadOnlySpan<long> shape)
    {
        var raw = new byte[values.Length * sizeof(float)];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(raw.AsSpan(i * sizeof(float)), values[i]);
        }

        Tensor(name, FloatType, raw, shape);
    }

    /// <summary>Adds a constant with one integer, as axes are given.</summary>
    public void Axis(string name, long value)
    {
        var raw = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(raw, value);
        Tensor(name, Int64Type, raw, 1);
    }

    /// <summary>Declares an input; a dimension is a number or a name.</summary>
    public void Input(string name, params object[] dimensions) => graph.Message(11, Value(name, dimensions));

    /// <summary>Declares an output; a dimension is a number or a name.</summary>
    public void Output(string name, params object[] dimensions) => graph.Message(12, Value(name, dimensions));

    /// <summary>The model file.</summary>
    public byte[] ToModel(int opset, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        var model = new ProtobufWriter()
            .Integer(1, 8)
            .Text(2, "forecaster")
            .Message(7, graph)
            .Message(8, new ProtobufWriter().Text(1, "").Integer(2, opset));
        foreach ((string key, string value) in metadata)
        {
            model.Message(14, new ProtobufWriter().Text(1, key).Text(2, value));
        }

        return model.Written.ToArray();
    }

    private void Tensor(string name, int type, byte[] raw, params ReadOnlySpan<long> shape)
    {
        var tensor = new ProtobufWriter();
        foreach (long length in shape)
        {
            tensor.Integer(1, length);
        }

        graph.Message(5, tensor.Integer(2, type).Text(8, name).Bytes(9, raw));
    }

    private static ProtobufWriter Value(string name, object[] dimensions)
    {
        var shape = new ProtobufWriter();
        foreach (object dimension in dimensions)
        {
            var field = new ProtobufWriter();
            shape.Message(1, dimension is string symbol ? field.Text(2, symbol) : field.Integer(1, (int)dimension));
        }

        var tensor = new ProtobufWriter().Integer(1, FloatType).Message(2, shape);
        return new ProtobufWriter().Text(1, name).Message(2, new ProtobufWriter().Message(1, tensor));
    }
}

namespace Streaming.Inference.Model;

/// <summary>Reads a network's sizes off its tensors, then checks every tensor against them.</summary>
internal sealed class ModelSizes
{
    private readonly SafetensorsHeader header;
    private readonly ModelTensors names;
    private readonly string file;
    private readonly HashSet<string> known = new(StringComparer.Ordinal);

    private ModelSizes(SafetensorsHeader header, ModelTensors names, string file) =>
        (this.header, this.names, this.file) = (header, names, file);

    /// <exception cref="ModelFileException">A tensor is missing, has another shape, or belongs to no part.</exception>
    public static ModelShape Of(SafetensorsHeader header, ModelTensors names, string file)
    {
        var sizes = new ModelSizes(header, names, file);
        ModelShape shape = sizes.Read();
        sizes.Check(shape);
        return shape;
    }

    /// <summary>Each size comes from the tensor that shows it.</summary>
    private ModelShape Read()
    {
        long inputs = Matrix(names.InputWeight(0))[1];
        long hidden = Matrix(names.RecurrentWeight(0))[1];
        long outputs = Matrix(names.HeadWeight)[0];
        long skip = header.Tensors.ContainsKey(names.SkipWeight) ? Matrix(names.SkipWeight)[1] : 0;
        int layers = 1;
        while (layers < ModelShape.MaxLayers && header.Tensors.ContainsKey(names.InputWeight(layers)))
        {
            layers++;
        }

        try
        {
            return new ModelShape(Size(inputs), Size(hidden), layers, Size(skip), Size(outputs));
        }
        catch (ArgumentOutOfRangeException exception)
        {
            throw new ModelFileException(
                $"{file}: size of {exception.ParamName}: expected {exception.Message.Split(" (")[0]}, found "
                + $"{exception.ActualValue}.", exception);
        }
    }

    private long[] Matrix(string name)
    {
        if (!header.Tensors.TryGetValue(name, out TensorEntry? tensor))
        {
            throw new ModelFileException(file, name, "a tensor", header.FoundInstead);
        }

        return tensor.Shape.Length == 2
            ? tensor.Shape
            : throw new ModelFileException(file, name, "a matrix", $"shape {tensor.ShapeText}");
    }

    private static int Size(long length) => (int)Math.Min(length, int.MaxValue);

    private void Check(ModelShape shape)
    {
        for (int l = 0; l < shape.Layers; l++)
        {
            Check(names.InputWeight(l), isNeeded: true, 4 * shape.Hidden, shape.LayerInputs(l));
            Check(names.RecurrentWeight(l), isNeeded: true, 4 * shape.Hidden, shape.Hidden);
            Check(names.InputBias(l), isNeeded: false, 4 * shape.Hidden);
            Check(names.RecurrentBias(l), isNeeded: false, 4 * shape.Hidden);
        }

        Check(names.HeadWeight, isNeeded: true, shape.Outputs, shape.Hidden);
        Check(names.HeadBias, isNeeded: false, shape.Outputs);
        Check(names.SkipWeight, isNeeded: false, shape.Outputs, shape.SkipInputs);
        if (header.Tensors.Keys.FirstOrDefault(name => !known.Contains(name)) is { } other)
        {
            throw new ModelFileException(file, other, "tensors of an LSTM, its head and its skip", "another tensor");
        }
    }

    private void Check(string name, bool isNeeded, params ReadOnlySpan<long> shape)
    {
        known.Add(name);
        if (!header.Tensors.TryGetValue(name, out TensorEntry? tensor))
        {
            if (isNeeded)
            {
                throw new ModelFileException(file, name, $"a tensor {TensorEntry.Text(shape)}", header.FoundInstead);
            }
        }
        else if (!tensor.Shape.AsSpan().SequenceEqual(shape))
        {
            throw new ModelFileException(file, name, $"shape {TensorEntry.Text(shape)}", tensor.ShapeText);
        }
    }
}

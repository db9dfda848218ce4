namespace Streaming.Inference.Model;

/// <summary>Turns a safetensors file with torch's tensor names into parameters.</summary>
internal ref struct ModelFileReader
{
    private readonly ReadOnlySpan<byte> bytes;
    private readonly string file;
    private readonly SafetensorsHeader header;
    private readonly string prefix;
    private int used;

    private ModelFileReader(ReadOnlySpan<byte> bytes, string file)
    {
        this.bytes = bytes;
        this.file = file;
        header = SafetensorsHeader.Parse(bytes, file);
        bool isBare = header.Tensors.ContainsKey(ModelTensors.InputWeight(0));
        prefix = isBare ? "" : ModelTensors.Lstm;
    }

    public static ModelFile Read(ReadOnlySpan<byte> bytes, string file)
    {
        var reader = new ModelFileReader(bytes, file);
        reader.CheckChecksum();
        ModelShape shape = reader.Shape();
        reader.CheckTensors(shape);
        ModelParameters parameters = reader.Parameters(shape);
        reader.header.Metadata.Remove(SafetensorsHeader.ChecksumKey);
        return new ModelFile(parameters, reader.header.Metadata);
    }

    private readonly void CheckChecksum()
    {
        if (!header.Metadata.TryGetValue(SafetensorsHeader.ChecksumKey, out string? found))
        {
            return;
        }

        // An escaped text would be longer in the file than its 64 characters; ours never is.
        string expected = found.Length == ModelChecksum.Zeros.Length
            && header.ChecksumStart + ModelChecksum.Zeros.Length <= header.DataStart
            ? ModelChecksum.Of(bytes, header.ChecksumStart)
            : "64 hexadecimal digits";
        if (expected != found)
        {
            throw new ModelFileException(file, SafetensorsHeader.ChecksumKey, expected, found);
        }
    }

    /// <summary>Sizes, read off the tensors that show each of them.</summary>
    private readonly ModelShape Shape()
    {
        long inputs = Matrix(prefix + ModelTensors.InputWeight(0))[1];
        long hidden = Matrix(prefix + ModelTensors.RecurrentWeight(0))[1];
        long outputs = Matrix(ModelTensors.HeadWeight)[0];
        long skip = header.Tensors.ContainsKey(ModelTensors.SkipWeight) ? Matrix(ModelTensors.SkipWeight)[1] : 0;
        int layers = 1;
        while (layers < ModelShape.MaxLayers && header.Tensors.ContainsKey(prefix + ModelTensors.InputWeight(layers)))
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

    private readonly long[] Matrix(string name)
    {
        if (!header.Tensors.TryGetValue(name, out TensorEntry? tensor))
        {
            throw new ModelFileException(file, name, "a tensor", "none");
        }

        return tensor.Shape.Length == 2
            ? tensor.Shape
            : throw new ModelFileException(file, name, "a matrix", $"shape {tensor.ShapeText}");
    }

    private static int Size(long length) => (int)Math.Min(length, int.MaxValue);

    /// <summary>Every tensor that must or may be there has its shape, and there is no other one.</summary>
    private void CheckTensors(ModelShape shape)
    {
        for (int l = 0; l < shape.Layers; l++)
        {
            Check(prefix + ModelTensors.InputWeight(l), isNeeded: true, 4 * shape.Hidden, shape.LayerInputs(l));
            Check(prefix + ModelTensors.RecurrentWeight(l), isNeeded: true, 4 * shape.Hidden, shape.Hidden);
            Check(prefix + ModelTensors.InputBias(l), isNeeded: false, 4 * shape.Hidden);
            Check(prefix + ModelTensors.RecurrentBias(l), isNeeded: false, 4 * shape.Hidden);
        }

        Check(ModelTensors.HeadWeight, isNeeded: true, shape.Outputs, shape.Hidden);
        Check(ModelTensors.HeadBias, isNeeded: false, shape.Outputs);
        Check(ModelTensors.SkipWeight, isNeeded: false, shape.Outputs, shape.SkipInputs);
        if (used == header.Tensors.Count)
        {
            return;
        }

        foreach (string name in header.Tensors.Keys)
        {
            if (!IsKnown(name, shape))
            {
                throw new ModelFileException(file, name, "tensors of an LSTM, its head and its skip", "another tensor");
            }
        }
    }

    private void Check(string name, bool isNeeded, params ReadOnlySpan<long> shape)
    {
        if (!header.Tensors.TryGetValue(name, out TensorEntry? tensor))
        {
            if (isNeeded)
            {
                throw new ModelFileException(file, name, $"a tensor {TensorEntry.Text(shape)}", "none");
            }

            return;
        }

        used++;
        if (!tensor.Shape.AsSpan().SequenceEqual(shape))
        {
            throw new ModelFileException(file, name, $"shape {TensorEntry.Text(shape)}", tensor.ShapeText);
        }
    }

    private readonly bool IsKnown(string name, ModelShape shape)
    {
        for (int l = 0; l < shape.Layers; l++)
        {
            if (name == prefix + ModelTensors.InputWeight(l) || name == prefix + ModelTensors.RecurrentWeight(l)
                || name == prefix + ModelTensors.InputBias(l) || name == prefix + ModelTensors.RecurrentBias(l))
            {
                return true;
            }
        }

        return name is ModelTensors.HeadWeight or ModelTensors.HeadBias or ModelTensors.SkipWeight;
    }

    private readonly ModelParameters Parameters(ModelShape shape)
    {
        var parameters = new ModelParameters(shape);
        for (int l = 0; l < shape.Layers; l++)
        {
            Add(prefix + ModelTensors.InputWeight(l), parameters.InputWeights(l));
            Add(prefix + ModelTensors.RecurrentWeight(l), parameters.RecurrentWeights(l));
            Add(prefix + ModelTensors.InputBias(l), parameters.Bias(l));
            Add(prefix + ModelTensors.RecurrentBias(l), parameters.Bias(l));
        }

        Add(ModelTensors.HeadWeight, parameters.HeadWeights);
        Add(ModelTensors.HeadBias, parameters.HeadBias);
        Add(ModelTensors.SkipWeight, parameters.SkipWeights);
        return parameters;
    }

    /// <summary>
    /// Adds a tensor, if it is there, to what is in <paramref name="target"/>: torch has two biases a layer.
    /// </summary>
    private readonly void Add(string name, Span<float> target)
    {
        if (!header.Tensors.TryGetValue(name, out TensorEntry? tensor))
        {
            return;
        }

        int elementBytes = TensorType.Bytes(tensor.Type);
        ReadOnlySpan<byte> data = bytes[(header.DataStart + (int)tensor.Start)..(header.DataStart + (int)tensor.End)];
        for (int i = 0; i < target.Length; i++)
        {
            target[i] += TensorType.Read(tensor.Type, data[(i * elementBytes)..]);
            if (!float.IsFinite(target[i]))
            {
                throw new ModelFileException(file, name, "finite values", $"{target[i]} at element {i}");
            }
        }
    }
}

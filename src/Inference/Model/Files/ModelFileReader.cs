using System.Collections.Immutable;

namespace Streaming.Inference.Model;

/// <summary>Turns a safetensors file with torch's tensor names into parameters.</summary>
internal readonly ref struct ModelFileReader
{
    private readonly ReadOnlySpan<byte> bytes;
    private readonly string file;
    private readonly SafetensorsHeader header;
    private readonly ModelTensors tensors;
    private readonly ModelShape shape;

    private ModelFileReader(ReadOnlySpan<byte> bytes, string file, ModelNames names)
    {
        this.bytes = bytes;
        this.file = file;
        header = SafetensorsHeader.Parse(bytes, file);
        HasChecksum = ModelChecksum.Check(bytes, header, file);
        tensors = ModelTensors.In(header, names, file);
        shape = ModelSizes.Of(header, tensors, file);
    }

    /// <summary>Whether there was a checksum; it matched.</summary>
    public bool HasChecksum { get; }

    /// <summary>Checks all of a file but its values.</summary>
    /// <exception cref="ModelFileException">It is damaged, or no network.</exception>
    public static ModelFileReader Open(ReadOnlySpan<byte> bytes, string file, ModelNames? names) =>
        new(bytes, file, names ?? new());

    /// <summary>The network and the file's metadata.</summary>
    /// <exception cref="ModelFileException">A value is not finite.</exception>
    public ModelFile Model() => new(
        Parameters(),
        header.Metadata.Where(pair => !ModelMetadata.IsWritersOwn(pair.Key)).ToDictionary(StringComparer.Ordinal));

    /// <summary>All tensors, in the order of their data.</summary>
    public ImmutableArray<TensorSummary> Summaries()
    {
        var summaries = ImmutableArray.CreateBuilder<TensorSummary>(header.Tensors.Count);
        foreach ((string name, TensorEntry tensor) in header.Tensors.OrderBy(pair => pair.Value.Start))
        {
            summaries.Add(TensorSummary.Of(name, tensor, new TensorValues(bytes, header, tensor)));
        }

        return summaries.MoveToImmutable();
    }

    private ModelParameters Parameters()
    {
        var parameters = new ModelParameters(shape);
        for (int l = 0; l < shape.Layers; l++)
        {
            Add(tensors.InputWeight(l), parameters.InputWeights(l));
            Add(tensors.RecurrentWeight(l), parameters.RecurrentWeights(l));
            Add(tensors.InputBias(l), parameters.Bias(l));
            Add(tensors.RecurrentBias(l), parameters.Bias(l));
        }

        Add(tensors.HeadWeight, parameters.HeadWeights);
        Add(tensors.HeadBias, parameters.HeadBias);
        Add(tensors.SkipWeight, parameters.SkipWeights);
        return parameters;
    }

    /// <summary>
    /// Adds a tensor, if it is there, to what is in <paramref name="target"/>: torch has two biases a layer.
    /// </summary>
    private void Add(string name, Span<float> target)
    {
        if (!header.Tensors.TryGetValue(name, out TensorEntry? tensor))
        {
            return;
        }

        var values = new TensorValues(bytes, header, tensor);
        for (int i = 0; i < target.Length; i++)
        {
            float value = values[i];
            target[i] += value;
            if (!float.IsFinite(target[i]))
            {
                string found = float.IsFinite(value) ? "a sum of biases past float's range" : $"{value}";
                throw new ModelFileException(file, name, "finite values", $"{found} at element {i}");
            }
        }
    }
}

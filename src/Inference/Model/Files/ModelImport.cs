using System.Globalization;

namespace Streaming.Inference.Model;

/// <summary>Gives weights that were trained elsewhere what this program needs to know of them.</summary>
public static class ModelImport
{
    /// <summary>Completes a model: its metadata, and the skip that an LSTM with a linear head does not have.</summary>
    /// <param name="source">What was read.</param>
    /// <param name="given">Metadata that wins over the file's, by the keys of <see cref="ModelMetadata"/>.</param>
    /// <param name="assumed">
    /// Metadata for what neither says. Horizons need not be in it: the next K steps are assumed; nor lags where the
    /// model has a skip, whose width tells them.
    /// </param>
    /// <param name="file">The source's name, for messages.</param>
    /// <returns>The model; a missing skip is zeros. <see cref="ModelDescription.Of"/> accepts it.</returns>
    /// <exception cref="ModelFileException">What is said doesn't fit the network; the message names the
    /// key.</exception>
    public static ModelFile Complete(
        ModelFile source, IReadOnlyDictionary<string, string> given, IReadOnlyDictionary<string, string> assumed,
        string file)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(given);
        ArgumentNullException.ThrowIfNull(assumed);
        ModelShape shape = source.Parameters.Shape;
        var metadata = new Dictionary<string, string>(source.Metadata, StringComparer.Ordinal);
        foreach ((string key, string value) in given)
        {
            metadata[key] = value;
        }

        metadata.TryAdd(ModelMetadata.Horizons, string.Join(',', Enumerable.Range(1, shape.Outputs)));
        if (shape.SkipInputs > 0)
        {
            metadata.TryAdd(ModelMetadata.Lags, Lags(shape, file));
        }

        foreach ((string key, string value) in assumed)
        {
            metadata.TryAdd(key, value);
        }

        ModelDescription description = ModelDescription.Read(metadata, shape, file);
        foreach ((string key, string value) in description.ToMetadata())
        {
            metadata[key] = value;
        }

        ModelParameters parameters = shape.SkipInputs > 0
            ? source.Parameters
            : WithSkip(source.Parameters, description.SkipInputs);
        description.CheckSkip(parameters.Shape, file);
        return new(parameters, metadata);
    }

    /// <summary>A copy with a skip of zeros, which changes no output.</summary>
    private static ModelParameters WithSkip(ModelParameters source, int skipInputs)
    {
        ModelShape shape = source.Shape;
        var wide = new ModelParameters(new(shape.Inputs, shape.Hidden, shape.Layers, skipInputs, shape.Outputs));

        // The skip lies between the head's weights and its bias; all before it keeps its place.
        source.Values.AsSpan(..^shape.Outputs).CopyTo(wide.Values);
        source.HeadBias.CopyTo(wide.HeadBias);
        return wide;
    }

    private static string Lags(ModelShape shape, string file)
    {
        int lags = shape.SkipInputs - shape.Inputs - shape.Outputs;
        return lags >= 0
            ? lags.ToString(CultureInfo.InvariantCulture)
            : throw new ModelFileException(
                file, ModelDescription.SkipPart,
                $"at least {shape.Inputs + shape.Outputs} (lags, {shape.Inputs} inputs, {shape.Outputs} outputs)",
                $"{shape.SkipInputs}");
    }
}

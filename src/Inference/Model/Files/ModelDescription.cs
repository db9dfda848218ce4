using System.Collections.Immutable;
using System.Globalization;

namespace Streaming.Inference.Model;

/// <summary>What a model file says, besides its weights, of how to feed the network and read its outputs.</summary>
public sealed record ModelDescription
{
    /// <summary>What messages call the width of the skip vector.</summary>
    internal const string SkipPart = "width of the skip";

    /// <summary>Version of the network; never empty.</summary>
    public required string Version { get; init; }

    /// <summary>Names of the inputs, in order, I of them.</summary>
    public required ImmutableArray<string> Features { get; init; }

    /// <summary>Horizons in steps, ascending, K of them.</summary>
    public required ImmutableArray<int> Horizons { get; init; }

    /// <summary>Past values at the front of the skip vector; the inputs and a value a horizon follow them.</summary>
    public required int LagSteps { get; init; }

    /// <summary>Name of what inputs and outputs are scaled by.</summary>
    public required string Scaler { get; init; }

    /// <summary>Width of the skip vector that lags, features and horizons make, S.</summary>
    public int SkipInputs => LagSteps + Features.Length + Horizons.Length;

    /// <summary>Reads the description of a model and checks it against the network's sizes.</summary>
    /// <param name="model">The model.</param>
    /// <param name="file">Its name, for messages.</param>
    /// <exception cref="ModelFileException">A key is missing, or does not fit the network.</exception>
    public static ModelDescription Of(ModelFile model, string file)
    {
        ArgumentNullException.ThrowIfNull(model);
        ModelDescription description = Read(model.Metadata, model.Parameters.Shape, file);
        description.CheckSkip(model.Parameters.Shape, file);
        return description;
    }

    /// <summary>Reads a description; whether the skip has its width is left to <see cref="CheckSkip"/>.</summary>
    internal static ModelDescription Read(IReadOnlyDictionary<string, string> metadata, ModelShape shape, string file)
    {
        var texts = new DescriptionTexts(metadata, file);
        return new()
        {
            Version = texts.Word(ModelMetadata.Version),
            Features = texts.Words(ModelMetadata.Features, $"{shape.Inputs} names, one an input", shape.Inputs),
            Horizons = texts.Horizons(shape.Outputs),
            LagSteps = texts.Lags(ModelShape.MaxWidth - shape.Inputs - shape.Outputs),
            Scaler = texts.Word(ModelMetadata.Scaler),
        };
    }

    /// <exception cref="ModelFileException">The skip has another width than lags, inputs and outputs make.</exception>
    internal void CheckSkip(ModelShape shape, string file)
    {
        if (shape.SkipInputs != SkipInputs)
        {
            throw new ModelFileException(
                file, SkipPart, $"{SkipInputs} ({LagSteps} lags, {shape.Inputs} inputs, {shape.Outputs} outputs)",
                $"{shape.SkipInputs}");
        }
    }

    /// <summary>The description as metadata of a <see cref="ModelFile"/>.</summary>
    public Dictionary<string, string> ToMetadata() => new(StringComparer.Ordinal)
    {
        [ModelMetadata.Version] = Version,
        [ModelMetadata.Features] = string.Join(',', Features),
        [ModelMetadata.Horizons] = string.Join(',', Horizons),
        [ModelMetadata.Lags] = LagSteps.ToString(CultureInfo.InvariantCulture),
        [ModelMetadata.Scaler] = Scaler,
    };
}

using Streaming.Daemon.Configuration;
using Streaming.Daemon.Models;
using Streaming.Inference.Model;
using Streaming.Inference.Series;

namespace Streaming.Daemon.Pipeline;

/// <summary>The weights that a deployment starts with.</summary>
/// <param name="Parameters">The weights.</param>
/// <param name="Source">Where they come from, for the log.</param>
internal sealed record FirstModel(ModelParameters Parameters, string Source)
{
    private const string ChampionName = "champion.safetensors";

    /// <summary>
    /// Those of the file that is configured; else the champion that ships with the product, where it has the sizes,
    /// horizons, lags, features and scaling that are asked for; else untrained ones, which forecast each series' anchor.
    /// </summary>
    /// <exception cref="ModelFileException">The file can't be used.</exception>
    public static FirstModel Of(ModelOptions options, ForecasterSettings settings)
    {
        if (options.File is { } path)
        {
            return new(StoredModel.Read(path).Model.Parameters, path);
        }

        ModelShape shape = settings.ShapeOf(options.Hidden, options.Layers);
        return options.Pretrained && Champion() is var champion && Fits(champion, shape, settings)
            ? new(champion.Parameters, "the pretrained champion")
            : new(ModelInitializer.Create(shape, options.Seed), $"untrained weights of seed {options.Seed}");
    }

    /// <summary>The champion that ships with the product.</summary>
    public static ModelFile Champion()
    {
        using Stream stream = typeof(FirstModel).Assembly.GetManifestResourceStream(ChampionName)
            ?? throw new InvalidOperationException($"The program lacks its resource {ChampionName}.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return ModelFile.Read(bytes, ChampionName);
    }

    private static bool Fits(ModelFile champion, ModelShape shape, ForecasterSettings settings) =>
        NetworkForm.Of(champion.Parameters.Shape, ModelDescription.Of(champion, ChampionName))
        == NetworkForm.Of(shape, settings);
}

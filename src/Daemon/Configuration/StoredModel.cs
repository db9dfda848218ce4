using Streaming.Inference.Model;
using Streaming.Inference.Series;

namespace Streaming.Daemon.Configuration;

/// <summary>Model files on disk.</summary>
internal static class StoredModel
{
    /// <summary>Reads a model file.</summary>
    /// <param name="path">Its path; messages call it by that.</param>
    /// <param name="names">What its modules are called; null: any LSTM, head and skip.</param>
    /// <exception cref="ModelFileException">There is no file, or it is no model.</exception>
    /// <exception cref="IOException">It can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static ModelInspection Read(string path, ModelNames? names = null)
    {
        if (!File.Exists(path))
        {
            string found = Directory.Exists(path) ? "a folder" : "none";
            throw new ModelFileException(path, "file", "one", found);
        }

        using FileStream stream = File.OpenRead(path);
        if (!stream.CanSeek)
        {
            throw new ModelFileException(path, "file", "one on disk", "a pipe");
        }

        if (stream.Length > ModelFile.MaxBytes)
        {
            throw new ModelFileException(path, "file", $"at most {ModelFile.MaxBytes} bytes", $"{stream.Length}");
        }

        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return ModelInspection.Read(bytes, path, names);
    }

    /// <summary>The model options under which a network can be served.</summary>
    /// <param name="path">The file it is in.</param>
    /// <param name="model">The network.</param>
    /// <exception cref="ModelFileException">It can't be served: the message says what it lacks.</exception>
    public static ModelOptions OptionsFor(string path, ModelFile model)
    {
        ModelDescription description = ModelDescription.Of(model, path);
        return new()
        {
            File = path,
            Hidden = model.Parameters.Shape.Hidden,
            Layers = model.Parameters.Shape.Layers,
            Horizons = description.Horizons,
            LagSteps = description.LagSteps,
            Features = ServedModel.FeaturesOf(description, path).ToEntries(),
            Scaling = ServedModel.ScalingOf(description, path),
        };
    }
}

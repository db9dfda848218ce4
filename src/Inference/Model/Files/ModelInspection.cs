using System.Collections.Immutable;

namespace Streaming.Inference.Model;

/// <summary>A model file with what is worth knowing about it beyond the model.</summary>
/// <param name="Model">The model.</param>
/// <param name="Tensors">Its tensors as they are in the file, in the order of their data.</param>
/// <param name="Bytes">Size of the file.</param>
/// <param name="HasChecksum">Whether a checksum was there; one that does not match is an error.</param>
public sealed record ModelInspection(
    ModelFile Model, ImmutableArray<TensorSummary> Tensors, long Bytes, bool HasChecksum)
{
    /// <summary>Reads a safetensors file, as <see cref="ModelFile.Read"/> does.</summary>
    /// <exception cref="ModelFileException">The file can't be used; the message says why.</exception>
    public static ModelInspection Read(ReadOnlySpan<byte> bytes, string name, ModelNames? names = null)
    {
        ModelFileReader reader = ModelFileReader.Open(bytes, name, names);
        return new(reader.Model(), reader.Summaries(), bytes.Length, reader.HasChecksum);
    }
}

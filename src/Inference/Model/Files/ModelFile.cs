namespace Streaming.Inference.Model;

/// <summary>A model as it travels: its parameters and what the file says about them.</summary>
/// <param name="Parameters">Torch layout, gates i, f, g, o.</param>
/// <param name="Metadata">Free text by key: version, features, horizons, scaler. Without the checksum.</param>
public sealed record ModelFile(ModelParameters Parameters, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>Reads a safetensors file.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <exception cref="ModelFileException">The file can't be used; the message says why.</exception>
    /// <remarks>Allocates at most a small multiple of the file's size, whatever its header claims.</remarks>
    public static ModelFile Read(ReadOnlySpan<byte> bytes, string name) => ModelFileReader.Read(bytes, name);

    /// <summary>The model as a safetensors file with a checksum; the same model gives the same bytes.</summary>
    public byte[] ToBytes() => ModelFileWriter.Write(this);
}

namespace Streaming.Inference.Model;

/// <summary>A model as it travels: its parameters and what the file says about them.</summary>
/// <param name="Parameters">Torch layout, gates i, f, g, o.</param>
/// <param name="Metadata">
/// Text by key; ours are those of <see cref="ModelMetadata"/>. Without format, checksum and shape, which the file has
/// of itself.
/// </param>
public sealed record ModelFile(ModelParameters Parameters, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>Largest file that holds a model, in bytes: the largest shape in F64 takes 0.8 GB.</summary>
    public const int MaxBytes = 1 << 30;

    /// <summary>Reads a safetensors file.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <param name="names">What its modules are called; null: any LSTM, head and skip.</param>
    /// <exception cref="ModelFileException">The file can't be used; the message says why.</exception>
    /// <remarks>Allocates at most a small multiple of the file's size, whatever its header claims.</remarks>
    public static ModelFile Read(ReadOnlySpan<byte> bytes, string name, ModelNames? names = null) =>
        ModelFileReader.Open(bytes, name, names).Model();

    /// <summary>The model as a safetensors file with a checksum; the same model gives the same bytes.</summary>
    /// <exception cref="ArgumentException">The metadata has a key that the file has of itself.</exception>
    public byte[] ToBytes() => ModelFileWriter.Write(this);
}

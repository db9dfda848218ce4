using System.Buffers.Binary;
using System.Text.Json;

namespace Streaming.Inference.Model;

/// <summary>
/// Header of a safetensors file: an 8-byte length, JSON, then the data. Everything in it is distrusted.
/// </summary>
/// <remarks>
/// Allocates in proportion to the header's real bytes, never to what it claims. Source: the safetensors format,
/// github.com/huggingface/safetensors: ranges must cover the data without hole or overlap.
/// </remarks>
internal sealed class SafetensorsHeader
{
    /// <summary>Largest header, in bytes; a model here needs about 5 KiB.</summary>
    public const int MaxBytes = 1 << 20;

    /// <summary>Most tensors in a file; a model here has at most 4 per layer and 3 of the head.</summary>
    public const int MaxTensors = 256;

    /// <summary>Bytes of the length in front of the JSON.</summary>
    public const int LengthBytes = 8;

    private const int MaxRank = 8;
    private const int ModulesInText = 8;

    private readonly string file;
    private readonly long fileBytes;

    private SafetensorsHeader(string file, long fileBytes) => (this.file, this.fileBytes) = (file, fileBytes);

    /// <summary>Tensors by name.</summary>
    public Dictionary<string, TensorEntry> Tensors { get; } = new(StringComparer.Ordinal);

    /// <summary>The file's __metadata__.</summary>
    public Dictionary<string, string> Metadata { get; } = new(StringComparer.Ordinal);

    /// <summary>First byte of the data section in the file.</summary>
    public int DataStart { get; private set; }

    /// <summary>Where the text of the checksum begins in the file; −1 without one.</summary>
    public int ChecksumStart { get; private set; } = -1;

    /// <summary>What to say was found where a tensor is missing: the modules that have tensors.</summary>
    public string FoundInstead
    {
        get
        {
            string[] modules = [.. Tensors.Keys.Select(name => name[..Math.Max(0, name.LastIndexOf('.'))]).Distinct()];
            string more = modules.Length > ModulesInText ? ", …" : "";
            return $"none (modules in the file: {string.Join(", ", modules.Take(ModulesInText))}{more})";
        }
    }

    /// <summary>Parses and checks a header.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="file">Its name, for messages.</param>
    /// <exception cref="ModelFileException">Anything about it is wrong.</exception>
    public static SafetensorsHeader Parse(ReadOnlySpan<byte> bytes, string file)
    {
        if (bytes.Length < LengthBytes)
        {
            throw new ModelFileException(file, "header", "8 bytes of length", $"{bytes.Length} bytes in all");
        }

        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        if (length > MaxBytes || (int)length > bytes.Length - LengthBytes)
        {
            string most = $"at most {Math.Min(MaxBytes, bytes.Length - LengthBytes)} bytes";
            throw new ModelFileException(file, "header", most, $"a length of {length}");
        }

        var header = new SafetensorsHeader(file, bytes.Length) { DataStart = LengthBytes + (int)length };
        try
        {
            header.ReadObject(bytes.Slice(LengthBytes, (int)length));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            throw new ModelFileException($"{file}: header: expected JSON, found {exception.Message}", exception);
        }

        header.CheckRanges();
        return header;
    }

    private void ReadObject(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 4 });
        Expect(ref reader, JsonTokenType.StartObject, "header");
        while (NextProperty(ref reader, "header") is { } name)
        {
            if (name == "__metadata__")
            {
                ReadMetadata(ref reader);
            }
            else if (Tensors.Count == MaxTensors)
            {
                throw new ModelFileException(file, "header", $"at most {MaxTensors} tensors", "more");
            }
            else if (!Tensors.TryAdd(name, ReadTensor(ref reader, name)))
            {
                throw new ModelFileException(file, name, "one entry", "two");
            }
        }

        // Spaces may pad the header; anything else is an error that Read throws.
        reader.Read();
    }

    private void ReadMetadata(ref Utf8JsonReader reader)
    {
        const string Part = "__metadata__";
        Expect(ref reader, JsonTokenType.StartObject, Part);
        while (NextProperty(ref reader, Part) is { } key)
        {
            Expect(ref reader, JsonTokenType.String, $"{Part} {key}");
            if (!Metadata.TryAdd(key, reader.GetString()!))
            {
                throw new ModelFileException(file, $"{Part} {key}", "one value", "two");
            }

            if (key == ModelMetadata.Checksum)
            {
                ChecksumStart = LengthBytes + (int)reader.TokenStartIndex + 1;
            }
        }
    }

    private TensorEntry ReadTensor(ref Utf8JsonReader reader, string name)
    {
        string? type = null;
        long[]? shape = null, range = null;
        Expect(ref reader, JsonTokenType.StartObject, name);
        while (NextProperty(ref reader, name) is { } key)
        {
            switch (key)
            {
                case "dtype":
                    Expect(ref reader, JsonTokenType.String, name);
                    type = reader.GetString();
                    break;
                case "shape":
                    shape = ReadLengths(ref reader, name);
                    break;
                case "data_offsets":
                    range = ReadLengths(ref reader, name);
                    break;
                default:
                    throw new ModelFileException(file, name, "dtype, shape and data_offsets", $"'{key}'");
            }
        }

        if (type is null || shape is null || range is not { Length: 2 })
        {
            throw new ModelFileException(file, name, "dtype, shape and two data_offsets", "less");
        }

        return Checked(name, new TensorEntry(type, shape, range[0], range[1]));
    }

    private TensorEntry Checked(string name, TensorEntry tensor)
    {
        int elementBytes = TensorType.Bytes(tensor.Type);
        if (elementBytes == 0)
        {
            throw new ModelFileException(file, name, $"type {TensorType.Supported}", $"'{tensor.Type}'");
        }

        long dataBytes = fileBytes - DataStart;
        if (tensor.Start > tensor.End || tensor.End > dataBytes)
        {
            string found = $"bytes {tensor.Start} to {tensor.End}";
            throw new ModelFileException(file, name, $"a range within the {dataBytes} bytes of data", found);
        }

        Int128 needed = elementBytes;
        foreach (long length in tensor.Shape)
        {
            // Saturates: what exceeds every possible file need not be exact, and a later 0 still makes it empty.
            needed = Int128.Min(needed * length, long.MaxValue);
        }

        return needed == tensor.End - tensor.Start
            ? tensor
            : throw new ModelFileException(
                file, name, $"{needed} bytes for {tensor.Type} {tensor.ShapeText}", $"{tensor.End - tensor.Start}");
    }

    private void CheckRanges()
    {
        long end = 0;
        foreach ((string name, TensorEntry tensor) in Tensors.OrderBy(t => t.Value.Start).ThenBy(t => t.Value.End))
        {
            if (tensor.Start != end)
            {
                throw new ModelFileException(file, name, $"data from byte {end}", $"from byte {tensor.Start}");
            }

            end = tensor.End;
        }

        if (end != fileBytes - DataStart)
        {
            throw new ModelFileException(file, "data", $"{end} bytes", $"{fileBytes - DataStart}");
        }
    }

    private long[] ReadLengths(ref Utf8JsonReader reader, string name)
    {
        var lengths = new List<long>();
        Expect(ref reader, JsonTokenType.StartArray, name);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (lengths.Count == MaxRank || !reader.TryGetInt64(out long length) || length < 0)
            {
                throw new ModelFileException(file, name, $"up to {MaxRank} lengths or offsets", "something else");
            }

            lengths.Add(length);
        }

        return [.. lengths];
    }

    private string? NextProperty(ref Utf8JsonReader reader, string part)
    {
        if (!reader.Read() || reader.TokenType is not (JsonTokenType.PropertyName or JsonTokenType.EndObject))
        {
            throw new ModelFileException(file, part, "a name or the end of the object", $"{reader.TokenType}");
        }

        return reader.TokenType == JsonTokenType.EndObject ? null : reader.GetString();
    }

    private void Expect(ref Utf8JsonReader reader, JsonTokenType token, string part)
    {
        if (!reader.Read() || reader.TokenType != token)
        {
            throw new ModelFileException(file, part, $"{token}", $"{reader.TokenType}");
        }
    }
}

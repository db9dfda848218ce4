using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace Streaming.Inference.Model;

/// <summary>Writes parameters as safetensors, so that torch, and we, can read them.</summary>
internal static class ModelFileWriter
{
    public static byte[] Write(ModelFile model)
    {
        (string Name, float[] Values, long[] Shape)[] tensors = [.. Tensors(model.Parameters)];
        byte[] header = Header(model, tensors);
        int dataBytes = tensors.Sum(t => t.Values.Length * sizeof(float));
        var file = new byte[SafetensorsHeader.LengthBytes + header.Length + dataBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)header.Length);
        header.CopyTo(file, SafetensorsHeader.LengthBytes);
        Span<byte> data = file.AsSpan(SafetensorsHeader.LengthBytes + header.Length);
        foreach ((_, float[] values, _) in tensors)
        {
            foreach (float value in values)
            {
                BinaryPrimitives.WriteSingleLittleEndian(data, value);
                data = data[sizeof(float)..];
            }
        }

        int start = SafetensorsHeader.Parse(file, "new model").ChecksumStart;
        Encoding.ASCII.GetBytes(ModelChecksum.Of(file, start)).CopyTo(file, start);
        return file;
    }

    private static IEnumerable<(string Name, float[] Values, long[] Shape)> Tensors(ModelParameters parameters)
    {
        ModelShape shape = parameters.Shape;
        ModelTensors names = ModelTensors.Ours;
        long gates = 4 * shape.Hidden;
        for (int l = 0; l < shape.Layers; l++)
        {
            yield return (names.InputWeight(l), parameters.InputWeights(l).ToArray(),
                [gates, shape.LayerInputs(l)]);
            yield return (names.RecurrentWeight(l), parameters.RecurrentWeights(l).ToArray(),
                [gates, shape.Hidden]);
            yield return (names.InputBias(l), parameters.Bias(l).ToArray(), [gates]);
            yield return (names.RecurrentBias(l), new float[gates], [gates]);
        }

        yield return (names.HeadWeight, parameters.HeadWeights.ToArray(), [shape.Outputs, shape.Hidden]);
        yield return (names.HeadBias, parameters.HeadBias.ToArray(), [shape.Outputs]);
        if (shape.SkipInputs > 0)
        {
            yield return (names.SkipWeight, parameters.SkipWeights.ToArray(), [shape.Outputs, shape.SkipInputs]);
        }
    }

    /// <summary>
    /// JSON, padded with spaces so that the data starts at a multiple of 8 bytes, as the format advises.
    /// </summary>
    private static byte[] Header(ModelFile model, (string Name, float[] Values, long[] Shape)[] tensors)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            WriteMetadata(json, model);
            long start = 0;
            foreach ((string name, float[] values, long[] shape) in tensors)
            {
                long end = start + (values.Length * sizeof(float));
                json.WriteStartObject(name);
                json.WriteString("dtype", "F32");
                WriteNumbers(json, "shape", shape);
                WriteNumbers(json, "data_offsets", start, end);
                json.WriteEndObject();
                start = end;
            }

            json.WriteEndObject();
        }

        int padding = -buffer.WrittenCount & 7;
        buffer.GetSpan(padding)[..padding].Fill((byte)' ');
        buffer.Advance(padding);
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteMetadata(Utf8JsonWriter json, ModelFile model)
    {
        json.WriteStartObject("__metadata__");
        json.WriteString(ModelMetadata.Format, ModelMetadata.FormatVersion);
        json.WriteString(ModelMetadata.Checksum, ModelChecksum.Zeros);
        json.WriteString(ModelMetadata.Shape, $"{model.Parameters.Shape}");
        foreach ((string key, string value) in model.Metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (ModelMetadata.IsWritersOwn(key))
            {
                throw new ArgumentException($"The file itself has the metadata key '{key}'.", nameof(model));
            }

            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, params ReadOnlySpan<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (long number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }
}

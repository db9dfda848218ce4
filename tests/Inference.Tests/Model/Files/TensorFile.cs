using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Inference.Tests.Model.Files;

/// <summary>Small safetensors files, as others write them.</summary>
internal static class TensorFile
{
    /// <summary>F32 tensors in the order given, without metadata.</summary>
    public static byte[] Of(params ReadOnlySpan<(string Name, long[] Shape, float[] Values)> tensors) =>
        Of(new Dictionary<string, string>(), tensors);

    /// <summary>F32 tensors in the order given, under metadata.</summary>
    public static byte[] Of(
        Dictionary<string, string> metadata, params ReadOnlySpan<(string Name, long[] Shape, float[] Values)> tensors)
    {
        var header = new Dictionary<string, object> { ["__metadata__"] = metadata };
        var data = new List<byte>();
        foreach ((string name, long[] shape, float[] values) in tensors)
        {
            int start = data.Count;
            data.AddRange(MemoryMarshal.AsBytes(values.AsSpan()));
            header.Add(name, new { dtype = "F32", shape, data_offsets = new[] { start, data.Count } });
        }

        byte[] json = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(header));
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
        return [.. length, .. json, .. data];
    }
}

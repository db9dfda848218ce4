namespace Streaming.Inference.Model;

/// <summary>A tensor as a safetensors header describes it, checked against the file.</summary>
/// <param name="Type">Element type, a supported one.</param>
/// <param name="Shape">Lengths, none negative.</param>
/// <param name="Start">First byte in the data section.</param>
/// <param name="End">Byte past the last one; the range is exactly as long as type and shape ask.</param>
internal sealed record TensorEntry(string Type, long[] Shape, long Start, long End)
{
    /// <summary>The shape as people write it: [64, 8].</summary>
    public string ShapeText => Text(Shape);

    public static string Text(params ReadOnlySpan<long> shape) => $"[{string.Join(", ", shape.ToArray())}]";
}

namespace Streaming.Inference.Model;

/// <summary>The values of one tensor in a file, each rounded to float as it is read.</summary>
/// <param name="bytes">The whole file.</param>
/// <param name="header">Its header.</param>
/// <param name="tensor">A tensor of the header.</param>
internal readonly ref struct TensorValues(ReadOnlySpan<byte> bytes, SafetensorsHeader header, TensorEntry tensor)
{
    private readonly ReadOnlySpan<byte> data =
        bytes[(header.DataStart + (int)tensor.Start)..(header.DataStart + (int)tensor.End)];

    private readonly string type = tensor.Type;
    private readonly int elementBytes = TensorType.Bytes(tensor.Type);

    /// <summary>Elements of the tensor.</summary>
    public int Length => data.Length / elementBytes;

    /// <summary>An element, in row-major order.</summary>
    public float this[int index] => TensorType.Read(type, data[(index * elementBytes)..]);
}

namespace Streaming.Training.Arithmetic;

/// <summary>Pointers and strides, in floats, of the terms A·B of a product.</summary>
internal unsafe struct ProductTerms
{
    /// <summary>A, [rows, depth], with any strides.</summary>
    public float* A;
    public nint ARow;
    public nint ADepth;

    /// <summary>B, [depth, columns].</summary>
    public float* B;
    public nint BRow;

    public nint Depth;
}

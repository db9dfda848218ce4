namespace Streaming.Training.Arithmetic;

/// <summary>Pointers and strides, in floats, of a product C = S + A·B, or C = S + A·B + A'·B'.</summary>
internal unsafe struct ProductOperands
{
    /// <summary>S, [rows, columns].</summary>
    public float* Start;
    public nint StartRow;

    /// <summary>The terms that are added first.</summary>
    public ProductTerms Terms;

    /// <summary>The terms that are added after them, if their depth is not zero.</summary>
    public ProductTerms MoreTerms;

    /// <summary>C, [rows, columns].</summary>
    public float* C;
    public nint CRow;

    public nint Rows;
    public nint Columns;

    /// <summary>Moves past the first terms, which C now holds.</summary>
    public void SkipTerms(nint count)
    {
        Start = C;
        StartRow = CRow;
        Terms.A += count * Terms.ADepth;
        Terms.B += count * Terms.BRow;
        Terms.Depth -= count;
    }
}

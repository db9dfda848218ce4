namespace Streaming.Training.Arithmetic;

/// <summary>Pointers and strides, in floats, of a product C = S + A·B.</summary>
internal unsafe struct ProductOperands
{
    /// <summary>S, [rows, columns].</summary>
    public float* Start;
    public nint StartRow;

    /// <summary>A, [rows, depth], with any strides.</summary>
    public float* A;
    public nint ARow;
    public nint ADepth;

    /// <summary>B, [depth, columns].</summary>
    public float* B;
    public nint BRow;

    /// <summary>C, [rows, columns].</summary>
    public float* C;
    public nint CRow;

    public nint Rows;
    public nint Depth;
    public nint Columns;

    public readonly ProductOperands SkipColumns(nint count)
    {
        ProductOperands rest = this;
        rest.Start += count;
        rest.B += count;
        rest.C += count;
        rest.Columns -= count;
        return rest;
    }

    public readonly ProductOperands SkipRows(nint count)
    {
        ProductOperands rest = this;
        rest.Start += count * StartRow;
        rest.A += count * ARow;
        rest.C += count * CRow;
        rest.Rows -= count;
        return rest;
    }

    /// <summary>What is left after the first terms have been added into C.</summary>
    public readonly ProductOperands SkipDepth(nint count)
    {
        ProductOperands rest = this;
        rest.Start = C;
        rest.StartRow = CRow;
        rest.A += count * ADepth;
        rest.B += count * BRow;
        rest.Depth -= count;
        return rest;
    }
}

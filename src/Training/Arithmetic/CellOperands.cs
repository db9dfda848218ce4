namespace Streaming.Training.Arithmetic;

/// <summary>Pointers of a step of a block of 16 units for some series; what each is for, the kernel says.</summary>
internal unsafe struct CellOperands
{
    /// <summary>[rows, 4, 16] without gaps.</summary>
    public float* Gates;

    /// <summary>These [rows, 16], rows a stride apart.</summary>
    public float* CellBefore;
    public float* Cell;
    public float* CellTanh;
    public float* Hidden;

    /// <summary>Floats from a row of states to the next.</summary>
    public nint Stride;

    public nint Rows;

    /// <summary>Moves on to the next 16 units.</summary>
    /// <param name="gatePanel">From a panel of gates to the next.</param>
    public void NextBlock(nint gatePanel)
    {
        Gates += gatePanel;
        CellBefore += AlignedFloats.Line;
        Cell += AlignedFloats.Line;
        CellTanh += AlignedFloats.Line;
        Hidden += AlignedFloats.Line;
    }
}

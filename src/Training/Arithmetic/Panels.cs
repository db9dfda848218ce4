namespace Streaming.Training.Arithmetic;

/// <summary>
/// Where a matrix [rows, columns] lies in a flat buffer: cut into panels of 64 columns, each without gaps.
/// </summary>
/// <remarks>The last panel may be narrower; columns are a multiple of 16, so that no kernel has a tail.</remarks>
internal readonly record struct Panels
{
    /// <summary>Columns of a whole panel: four gates of 16 units.</summary>
    public const int Width = 64;

    public Panels(int offset, int rows, int columns)
    {
        if (columns % AlignedFloats.Line != 0)
        {
            throw new ArgumentException($"{columns} columns are not a multiple of {AlignedFloats.Line}.");
        }

        Offset = offset;
        Rows = rows;
        Columns = columns;
    }

    public int Offset { get; }

    public int Rows { get; }

    public int Columns { get; }

    public int Length => Rows * Columns;

    /// <summary>Place of one element in the flat buffer.</summary>
    public int IndexOf(int row, int column)
    {
        int panelStart = column / Width * Width;
        return Offset + (panelStart * Rows) + (row * WidthAt(panelStart)) + (column - panelStart);
    }

    /// <summary>Columns of the panel that starts at a column.</summary>
    public int WidthAt(int panelStart) => Math.Min(Width, Columns - panelStart);

    /// <summary>The matrix in its buffer.</summary>
    public PanelView In(Span<float> buffer) => PanelView.Over(buffer.Slice(Offset, Length), Rows, Columns);
}

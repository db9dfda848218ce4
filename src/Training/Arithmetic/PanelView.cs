namespace Streaming.Training.Arithmetic;

/// <summary>A matrix [rows, columns] over borrowed memory, cut into panels of 64 columns.</summary>
/// <remarks>
/// A product streams one panel from start to end. Rows of a whole matrix would lie a power of two apart, where they
/// share a few sets of the first-level cache and push each other out of it.
/// </remarks>
internal readonly ref struct PanelView
{
    /// <param name="values">Starts at the first row of the first panel.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns, a multiple of 16.</param>
    /// <param name="panelStride">Floats from a panel to the next.</param>
    /// <param name="rowStride">Floats from a row of a panel to the next; 0 where panels are without gaps.</param>
    private PanelView(Span<float> values, int rows, int columns, int panelStride, int rowStride)
    {
        Values = values;
        Rows = rows;
        Columns = columns;
        PanelStride = panelStride;
        RowStride = rowStride;
    }

    public Span<float> Values { get; }

    public int Rows { get; }

    public int Columns { get; }

    public int PanelStride { get; }

    private int RowStride { get; }

    /// <summary>Panels without gaps, one after the other.</summary>
    /// <exception cref="ArgumentException">The memory is too short for the matrix.</exception>
    public static PanelView Over(Span<float> values, int rows, int columns) =>
        new(values[..(rows * columns)], rows, columns, rows * Panels.Width, rowStride: 0);

    /// <summary>A matrix whose rows are whole, read panel by panel.</summary>
    /// <exception cref="ArgumentException">It is transposed, or repeats a row.</exception>
    public static PanelView Of(MatrixView matrix) => matrix.ColumnStride == 1 && matrix.RowStride >= matrix.Columns
        ? new(matrix.Values, matrix.Rows, matrix.Columns, Panels.Width, matrix.RowStride)
        : throw new ArgumentException("The matrix is transposed or repeats a row.", nameof(matrix));

    /// <summary>Columns of the panel that starts at a column.</summary>
    public int WidthAt(int panelStart) => Math.Min(Panels.Width, Columns - panelStart);

    /// <summary>Floats from a row to the next in the panel that starts at a column.</summary>
    public int RowStrideAt(int panelStart) => RowStride > 0 ? RowStride : WidthAt(panelStart & -Panels.Width);

    /// <summary>The panel that starts at a column, [rows, width].</summary>
    public MatrixView At(int panelStart) => MatrixView.Over(
        Values[(panelStart / Panels.Width * PanelStride)..], Rows, WidthAt(panelStart), RowStrideAt(panelStart));
}

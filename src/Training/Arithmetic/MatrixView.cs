namespace Streaming.Training.Arithmetic;

/// <summary>A matrix [rows, columns] over borrowed memory, with any strides.</summary>
internal readonly ref struct MatrixView
{
    private MatrixView(Span<float> values, int rows, int columns, int rowStride, int columnStride)
    {
        Values = values;
        Rows = rows;
        Columns = columns;
        RowStride = rowStride;
        ColumnStride = columnStride;
    }

    public Span<float> Values { get; }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>Floats from a row to the next; zero repeats one row.</summary>
    public int RowStride { get; }

    /// <summary>Floats from a column to the next; 1 unless transposed.</summary>
    public int ColumnStride { get; }

    /// <summary>The same memory read with rows and columns exchanged.</summary>
    public MatrixView Transposed => new(Values, Columns, Rows, ColumnStride, RowStride);

    /// <summary>A row-major matrix whose rows lie <paramref name="stride"/> floats apart.</summary>
    /// <exception cref="ArgumentException">The memory is too short for the matrix.</exception>
    public static MatrixView Over(Span<float> values, int rows, int columns, int stride)
    {
        if (rows > 0 && ((long)(rows - 1) * stride) + columns > values.Length)
        {
            throw new ArgumentException($"{values.Length} floats are too few for {rows} rows of {columns}.");
        }

        return new(values, rows, columns, stride, 1);
    }

    /// <summary>A row-major matrix without gaps.</summary>
    public static MatrixView Over(Span<float> values, int rows, int columns) => Over(values, rows, columns, columns);

    /// <summary>One row, repeated.</summary>
    public static MatrixView Repeat(Span<float> row, int rows) => Over(row, rows, row.Length, 0);

    /// <summary>Some neighbouring columns.</summary>
    public MatrixView Slice(int column, int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(column + count, Columns);
        return new(Values[(column * ColumnStride)..], Rows, count, RowStride, ColumnStride);
    }

    /// <summary>Some neighbouring rows.</summary>
    public MatrixView SliceRows(int row, int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(row + count, Rows);
        return new(Values[(row * RowStride)..], count, Columns, RowStride, ColumnStride);
    }

    /// <summary>The matrix where it has no gaps, as one span.</summary>
    public Span<float> Dense => ColumnStride == 1 && RowStride == Columns
        ? Values[..(Rows * Columns)]
        : throw new InvalidOperationException("The matrix has gaps.");
}

using System.Runtime.CompilerServices;
using Streaming.Inference.Kernels;

namespace Streaming.Inference.Model;

/// <summary>Hidden and cell states of many series, a row each. Grows by chunks; rows never move.</summary>
/// <remarks>
/// A row is [layer][h, c], units padded to 16 with zeros, aligned to 64 bytes. Padding and alignment stay inside:
/// <see cref="CopyTo"/> and <see cref="Restore"/> speak of [layer][h, c] without them. One writer at a time.
/// </remarks>
public sealed unsafe class StateTable
{
    private const int ChunkFloats = 1 << 12;

    /// <summary>A part of any server core's second-level cache; a table within it is never far.</summary>
    private const int NearFloats = 1 << 16;

    private readonly int hidden;
    private readonly int layers;
    private readonly int chunkRowsLog2;
    private readonly AlignedBuffer?[] chunks;
    private readonly nint[] chunkPointers;
    private readonly Stack<int> returned = new();
    private readonly int maxRows;
    private bool[] rented = [];
    private int used;

    /// <summary>Creates an empty table.</summary>
    /// <param name="shape">Sizes of the network whose states these are.</param>
    /// <param name="maxRows">Most rows rented at once; bounds the memory.</param>
    public StateTable(ModelShape shape, int maxRows)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxRows, 1);
        Shape = shape;
        this.maxRows = maxRows;
        hidden = shape.Hidden;
        layers = shape.Layers;
        HiddenStride = AlignedBuffer.Padded(hidden);
        RowStride = 2 * layers * HiddenStride;
        chunkRowsLog2 = int.Log2(Math.Max(1, ChunkFloats / RowStride));
        int chunkCount = ((maxRows - 1) >> chunkRowsLog2) + 1;
        chunks = new AlignedBuffer?[chunkCount];
        chunkPointers = new nint[chunkCount];
    }

    /// <summary>Sizes of the network whose states these are.</summary>
    public ModelShape Shape { get; }

    /// <summary>Floats in a row without padding, 2·L·H.</summary>
    public int RowLength => 2 * layers * hidden;

    /// <summary>Memory taken by states, in bytes; grows by chunks of 16 KiB and never shrinks.</summary>
    public long Bytes { get; private set; }

    /// <summary>Memory of one row, in bytes.</summary>
    public static long RowBytesOf(ModelShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return 2L * shape.Layers * AlignedBuffer.Padded(shape.Hidden) * sizeof(float);
    }

    /// <summary>Floats from a layer's h to its c.</summary>
    internal int HiddenStride { get; }

    /// <summary>Floats in a row with padding.</summary>
    internal int RowStride { get; }

    /// <summary>Whether rows can lie far from the core, so that fetching them ahead pays.</summary>
    internal bool IsFar => (long)used * RowStride > NearFloats;

    /// <summary>Takes a row of zeros.</summary>
    /// <returns>Its index, below the maximum.</returns>
    /// <exception cref="InvalidOperationException">All rows are rented.</exception>
    public int Rent()
    {
        if (!returned.TryPop(out int row))
        {
            if (used == maxRows)
            {
                throw new InvalidOperationException($"All {maxRows} rows of the state table are rented.");
            }

            row = used;
            EnsureChunk(row);
            used++;
        }

        rented[row] = true;
        Clear(row);
        return row;
    }

    /// <summary>Gives a row back; it may be rented again.</summary>
    public void Return(int row)
    {
        CheckRented(row);
        rented[row] = false;
        returned.Push(row);
    }

    /// <summary>Sets h and c of a row to zero: a series before its first step.</summary>
    public void Clear(int row)
    {
        CheckRented(row);
        new Span<float>(Row(row), RowStride).Clear();
        GC.KeepAlive(this);
    }

    /// <summary>Copies a row out.</summary>
    /// <param name="row">A rented row.</param>
    /// <param name="target">[layer][h, c], <see cref="RowLength"/> floats.</param>
    public void CopyTo(int row, Span<float> target)
    {
        CheckRented(row);
        CheckLength(target.Length, nameof(target));
        for (int part = 0; part < 2 * layers; part++)
        {
            Part(row, part).CopyTo(target.Slice(part * hidden, hidden));
        }

        GC.KeepAlive(this);
    }

    /// <summary>Hidden state of a row's top layer, [H]; valid until the row's next step.</summary>
    internal ReadOnlySpan<float> TopOf(int row)
    {
        CheckRented(row);
        return Part(row, 2 * (layers - 1));
    }

    /// <summary>Replaces a row.</summary>
    /// <param name="row">A rented row.</param>
    /// <param name="source">[layer][h, c], <see cref="RowLength"/> floats.</param>
    public void Restore(int row, ReadOnlySpan<float> source)
    {
        CheckRented(row);
        CheckLength(source.Length, nameof(source));
        for (int part = 0; part < 2 * layers; part++)
        {
            source.Slice(part * hidden, hidden).CopyTo(Part(row, part));
        }

        GC.KeepAlive(this);
    }

    /// <summary>Throws where a row is not rented.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void CheckRented(ReadOnlySpan<int> rows)
    {
        bool[] isRented = rented;
        foreach (int row in rows)
        {
            if ((uint)row >= (uint)isRented.Length || !isRented[row])
            {
                ThrowNotRented(row);
            }
        }
    }

    /// <summary>Addresses of rented rows, unchecked; valid while this table lives.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Point(ReadOnlySpan<int> rows, float** pointers)
    {
        nint[] starts = chunkPointers;
        int log2 = chunkRowsLog2, mask = (1 << log2) - 1;
        nint stride = RowStride;
        for (int i = 0; i < rows.Length; i++)
        {
            int row = rows[i];
            pointers[i] = (float*)starts[row >> log2] + ((row & mask) * stride);
        }
    }

    private float* Row(int row)
    {
        float* pointer;
        Point([row], &pointer);
        return pointer;
    }

    private void CheckRented(int row) => CheckRented([row]);

    private static void ThrowNotRented(int row) =>
        throw new ArgumentOutOfRangeException(nameof(row), row, "Is not a rented row of the state table.");

    private Span<float> Part(int row, int part) => new(Row(row) + (part * HiddenStride), hidden);

    private void CheckLength(int length, string name)
    {
        if (length != RowLength)
        {
            throw new ArgumentException($"Has {length} floats, a row has {RowLength}.", name);
        }
    }

    private void EnsureChunk(int row)
    {
        int chunk = row >> chunkRowsLog2;
        if (chunks[chunk] is not null)
        {
            return;
        }

        var buffer = new AlignedBuffer(RowStride << chunkRowsLog2);
        chunks[chunk] = buffer;
        chunkPointers[chunk] = (nint)buffer.Pointer;
        Bytes += buffer.Bytes;
        Array.Resize(ref rented, (chunk + 1) << chunkRowsLog2);
    }
}

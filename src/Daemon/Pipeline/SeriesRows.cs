using Streaming.Inference.Series;

namespace Streaming.Daemon.Pipeline;

/// <summary>The series of a task by the rows of their states: a place that stays the same for as long as a series is kept,
/// so that whoever goes through them in pieces misses none that stays, and meets none twice.</summary>
/// <remarks>Grows by chunks, which never move: a new series costs the same however many there are.</remarks>
internal sealed class SeriesRows
{
    private const int ChunkRowsLog2 = 10;

    private readonly List<SeriesState?[]> chunks = [];

    /// <summary>Rows there may be a series of: all below this.</summary>
    public int Count => chunks.Count << ChunkRowsLog2;

    /// <summary>The series of a row; null where it has none.</summary>
    public SeriesState? this[int row]
    {
        get => chunks[row >> ChunkRowsLog2][row & ((1 << ChunkRowsLog2) - 1)];
        set
        {
            while (row >= Count)
            {
                chunks.Add(new SeriesState?[1 << ChunkRowsLog2]);
            }

            chunks[row >> ChunkRowsLog2][row & ((1 << ChunkRowsLog2) - 1)] = value;
        }
    }
}

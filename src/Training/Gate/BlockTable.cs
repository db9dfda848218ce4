namespace Streaming.Training.Gate;

/// <summary>Collects losses series by series, until blocks are full enough to be judged, in order.</summary>
/// <remarks>
/// Bound: the caller gives each series at most one entry a block, and bounds series and blocks. Not thread-safe.
/// </remarks>
internal sealed class BlockTable
{
    private readonly Dictionary<int, List<BlockLosses>> blocks = [];

    /// <summary>The first block that is not closed: losses of earlier ones come too late.</summary>
    public int Open { get; private set; }

    /// <summary>Starts over at block 0.</summary>
    public void Clear()
    {
        blocks.Clear();
        Open = 0;
        Last = -1;
    }

    /// <summary>Enters the losses of a series in an open block.</summary>
    public void Add(int block, BlockLosses losses)
    {
        if (!blocks.TryGetValue(block, out List<BlockLosses>? entries))
        {
            entries = blocks[block] = [];
        }

        entries.Add(losses);
        Last = Math.Max(Last, block);
    }

    /// <summary>The last block that any series has reached; -1 where there is none.</summary>
    public int Last { get; private set; } = -1;

    /// <summary>Closes the first open block if half of the series are in it.</summary>
    /// <param name="followed">Series that are followed.</param>
    /// <param name="mean">Means over the block's series, each weighing the same.</param>
    public bool TryClose(int followed, out BlockLosses mean)
    {
        if (!blocks.TryGetValue(Open, out List<BlockLosses>? entries) || 2 * entries.Count < followed)
        {
            mean = default;
            return false;
        }

        blocks.Remove(Open);
        Open++;
        mean = new(
            entries.Average(entry => entry.Champion),
            entries.Average(entry => entry.Candidate),
            entries.Average(entry => entry.Previous),
            entries.Count);
        return true;
    }
}

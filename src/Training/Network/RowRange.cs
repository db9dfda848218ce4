namespace Streaming.Training.Network;

/// <summary>Neighbouring series of a batch that one worker takes through all steps.</summary>
/// <remarks>A row's numbers depend on no other row, so that how rows are shared out changes no bit.</remarks>
internal readonly record struct RowRange(int First, int Count)
{
    /// <summary>Rows that products take at a time: fewer would cost as much.</summary>
    private const int Tile = 4;

    /// <summary>A worker's nearly equal share of rows, in whole tiles; empty where there are more workers.</summary>
    public static RowRange Share(int rows, int worker, int workers)
    {
        int tiles = (rows + Tile - 1) / Tile;
        int first = Math.Min(rows, tiles * worker / workers * Tile);
        int end = Math.Min(rows, tiles * (worker + 1) / workers * Tile);
        return new(first, end - first);
    }
}

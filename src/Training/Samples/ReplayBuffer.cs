namespace Streaming.Training.Samples;

/// <summary>The newest window of each series, bounded.</summary>
/// <remarks>
/// When full, a window of a new series takes the place of the one that was renewed longest ago, and that is counted:
/// what is kept depends on the order of arrival alone. Not thread-safe.
/// </remarks>
public sealed class ReplayBuffer
{
    private readonly Dictionary<ulong, LinkedListNode<EncodedWindow>> bySeries = [];
    private readonly LinkedList<EncodedWindow> byAge = new();

    /// <summary>Creates an empty buffer.</summary>
    /// <param name="capacity">Windows kept at most.</param>
    public ReplayBuffer(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        Capacity = capacity;
    }

    /// <summary>Windows kept at most.</summary>
    public int Capacity { get; }

    /// <summary>Windows kept now, each of another series.</summary>
    public int Count => bySeries.Count;

    /// <summary>Windows that made room for those of other series, so far.</summary>
    public long Replaced { get; private set; }

    /// <summary>Takes a window in place of the one kept of its series, or of the stalest one when full.</summary>
    public void Add(EncodedWindow window)
    {
        ArgumentNullException.ThrowIfNull(window);
        if (!Remove(window.Series) && Count == Capacity)
        {
            Remove(byAge.First!.Value.Series);
            Replaced++;
        }

        bySeries[window.Series] = byAge.AddLast(window);
    }

    /// <summary>Drops the window of a series; whether there was one.</summary>
    public bool Remove(ulong series)
    {
        if (!bySeries.Remove(series, out LinkedListNode<EncodedWindow>? node))
        {
            return false;
        }

        byAge.Remove(node);
        return true;
    }

    /// <summary>All windows in an order that series, seed and epoch fix.</summary>
    public EncodedWindow[] InOrder(int seed, int epoch) =>
        [.. byAge.OrderBy(window => SeededOrder.KeyOf(window.Series, seed, epoch))];
}

namespace Streaming.Inference.Series;

/// <summary>The last values of a series, one a step, with a mark on those that were held over a gap.</summary>
/// <remarks>A ring that starts small and doubles up to its capacity, so that a young series is cheap.</remarks>
/// <param name="capacity">Values kept, at most.</param>
/// <param name="keepsTimes">Whether each value keeps its time: only where no grid tells it.</param>
public sealed class Window(int capacity, bool keepsTimes)
{
    private const int FirstLength = 32;

    private double[] values = new double[Math.Min(capacity, FirstLength)];
    private bool[] held = new bool[Math.Min(capacity, FirstLength)];
    private long[] times = new long[keepsTimes ? Math.Min(capacity, FirstLength) : 0];
    private int head;

    /// <summary>Values kept, at most the capacity.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of the rings.</summary>
    public long Bytes => SeriesMemory.ArrayOf<double>(values.Length) + SeriesMemory.ArrayOf<bool>(held.Length)
        + SeriesMemory.ArrayOf<long>(times.Length);

    /// <summary>Value a number of steps ago; 0 is the newest.</summary>
    /// <remarks>The caller keeps stepsAgo below <see cref="Count"/>.</remarks>
    public double Ago(int stepsAgo) => values[Slot(stepsAgo)];

    /// <summary>Whether the value a number of steps ago was held over a gap, not observed.</summary>
    public bool IsHeldAgo(int stepsAgo) => held[Slot(stepsAgo)];

    /// <summary>Adds the value of the next step; when full the oldest goes.</summary>
    public void Push(double value, bool isHeld, long timeTicks)
    {
        if (Count == values.Length && Count < capacity)
        {
            Grow();
        }

        values[head] = value;
        held[head] = isHeld;
        if (keepsTimes)
        {
            times[head] = timeTicks;
        }

        head = head + 1 == values.Length ? 0 : head + 1;
        Count = Math.Min(Count + 1, values.Length);
    }

    /// <summary>Forgets all values, keeps the memory.</summary>
    public void Clear() => (head, Count) = (0, 0);

    /// <summary>Copies the last values, oldest first.</summary>
    /// <param name="destination">Receives as many as it has room for: at most <see cref="Count"/>.</param>
    public void CopyLast(Span<double> destination)
    {
        if (!destination.IsEmpty)
        {
            int start = Slot(destination.Length - 1);
            int first = Math.Min(destination.Length, values.Length - start);
            values.AsSpan(start, first).CopyTo(destination);
            values.AsSpan(0, destination.Length - first).CopyTo(destination[first..]);
        }
    }

    /// <summary>Copies all values and marks, oldest first, into spans of at least <see cref="Count"/>.</summary>
    /// <param name="destination">Receives the values.</param>
    /// <param name="isHeld">Receives the marks.</param>
    /// <param name="timeTicks">Receives the times, where they are kept; else untouched.</param>
    public void CopyTo(Span<double> destination, Span<bool> isHeld, Span<long> timeTicks)
    {
        int start = Slot(Count - 1);
        int first = Math.Min(Count, values.Length - start);
        Unroll(values, start, first, destination);
        Unroll(held, start, first, isHeld);
        if (keepsTimes)
        {
            Unroll(times, start, first, timeTicks);
        }
    }

    private void Unroll<T>(T[] ring, int start, int first, Span<T> destination)
    {
        ring.AsSpan(start, first).CopyTo(destination);
        ring.AsSpan(0, Count - first).CopyTo(destination[first..]);
    }

    private int Slot(int stepsAgo)
    {
        int slot = head - 1 - stepsAgo;
        return slot < 0 ? slot + values.Length : slot;
    }

    private void Grow()
    {
        int length = Math.Min(2 * values.Length, capacity);
        var (largerValues, largerHeld, largerTimes) =
            (new double[length], new bool[length], new long[keepsTimes ? length : 0]);
        CopyTo(largerValues, largerHeld, largerTimes);
        (values, held, times, head) = (largerValues, largerHeld, largerTimes, Count);
    }
}

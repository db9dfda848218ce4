namespace Streaming.Inference.Series;

/// <summary>The last values of a series, one a step, with a mark on those that were held over a gap.</summary>
/// <remarks>A ring that starts small and doubles up to its capacity, so that a young series is cheap.</remarks>
public sealed class Window(int capacity)
{
    private const int FirstLength = 32;

    private double[] values = new double[Math.Min(capacity, FirstLength)];
    private bool[] held = new bool[Math.Min(capacity, FirstLength)];
    private int head;

    /// <summary>Values kept, at most the capacity.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of the two rings.</summary>
    public long Bytes => values.Length * (sizeof(double) + sizeof(bool));

    /// <summary>Value a number of steps ago; 0 is the newest.</summary>
    /// <remarks>The caller keeps stepsAgo below <see cref="Count"/>.</remarks>
    public double Ago(int stepsAgo) => values[Slot(stepsAgo)];

    /// <summary>Whether the value a number of steps ago was held over a gap, not observed.</summary>
    public bool IsHeldAgo(int stepsAgo) => held[Slot(stepsAgo)];

    /// <summary>Adds the value of the next step; when full the oldest goes.</summary>
    public void Push(double value, bool isHeld)
    {
        if (Count == values.Length && Count < capacity)
        {
            Grow();
        }

        values[head] = value;
        held[head] = isHeld;
        head = head + 1 == values.Length ? 0 : head + 1;
        Count = Math.Min(Count + 1, values.Length);
    }

    /// <summary>Forgets all values, keeps the memory.</summary>
    public void Clear() => (head, Count) = (0, 0);

    /// <summary>Copies all values, oldest first, into spans of at least <see cref="Count"/>.</summary>
    public void CopyTo(Span<double> destination, Span<bool> isHeld)
    {
        for (int i = 0; i < Count; i++)
        {
            int slot = Slot(Count - 1 - i);
            destination[i] = values[slot];
            isHeld[i] = held[slot];
        }
    }

    private int Slot(int stepsAgo)
    {
        int slot = head - 1 - stepsAgo;
        return slot < 0 ? slot + values.Length : slot;
    }

    private void Grow()
    {
        int length = Math.Min(2 * values.Length, capacity);
        var (largerValues, largerHeld) = (new double[length], new bool[length]);
        CopyTo(largerValues, largerHeld);
        (values, held, head) = (largerValues, largerHeld, Count);
    }
}

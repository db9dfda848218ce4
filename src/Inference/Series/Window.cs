using System.Runtime.InteropServices;
using Streaming.Inference.Series.Codec;

namespace Streaming.Inference.Series;

/// <summary>The last values of a series, one a step, with a mark on those that were held over a gap.</summary>
/// <remarks>A ring that starts small and doubles up to its capacity, so that a young series is cheap.</remarks>
/// <param name="capacity">Values kept, at most.</param>
/// <param name="keepsTimes">Whether each value keeps its time: only where no grid tells it.</param>
/// <param name="covariates">Covariates kept with each value, C.</param>
public sealed class Window(int capacity, bool keepsTimes, int covariates = 0)
{
    private const int FirstLength = 32;

    private double[] values = new double[Math.Min(capacity, FirstLength)];
    private bool[] held = new bool[Math.Min(capacity, FirstLength)];
    private long[] times = new long[keepsTimes ? Math.Min(capacity, FirstLength) : 0];
    private double[] beside = covariates > 0 ? new double[covariates * Math.Min(capacity, FirstLength)] : []; // [slot, C]
    private int head;

    /// <summary>Values kept, at most the capacity.</summary>
    public int Count { get; private set; }

    private int Covariates => beside.Length / values.Length;

    /// <summary>Bytes of the rings.</summary>
    public long Bytes => SeriesMemory.ArrayOf<double>(values.Length) + SeriesMemory.ArrayOf<bool>(held.Length)
        + SeriesMemory.ArrayOf<long>(times.Length) + (beside.Length > 0 ? SeriesMemory.ArrayOf<double>(beside.Length) : 0);

    /// <summary>Value a number of steps ago; 0 is the newest.</summary>
    /// <remarks>The caller keeps stepsAgo below <see cref="Count"/>.</remarks>
    public double Ago(int stepsAgo) => values[Slot(stepsAgo)];

    /// <summary>Whether the value a number of steps ago was held over a gap, not observed.</summary>
    public bool IsHeldAgo(int stepsAgo) => held[Slot(stepsAgo)];

    /// <summary>Time of the value a number of steps ago, in ticks; only where times are kept.</summary>
    public long TimeAgo(int stepsAgo) => times[Slot(stepsAgo)];

    /// <summary>Covariates of the value a number of steps ago, [C]; valid until the next push.</summary>
    public ReadOnlyMemory<double> CovariatesAgo(int stepsAgo) =>
        beside.AsMemory(Slot(stepsAgo) * Covariates, Covariates);

    /// <summary>Adds the value of the next step; when full the oldest goes.</summary>
    /// <param name="value">The value.</param>
    /// <param name="isHeld">Whether it was held over a gap.</param>
    /// <param name="timeTicks">Its time, where times are kept.</param>
    /// <param name="with">Its covariates, [C], NaN where it lacks one; or none.</param>
    public void Push(double value, bool isHeld, long timeTicks, ReadOnlySpan<double> with = default)
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

        if (beside.Length > 0)
        {
            Span<double> own = beside.AsSpan(head * Covariates, Covariates);
            own.Fill(double.NaN);
            with.CopyTo(own);
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

    /// <summary>Copies all covariates, oldest first, into a span of at least <see cref="Count"/> × C.</summary>
    /// <param name="destination">Receives them, [T, C]; NaN where a value lacks one.</param>
    public void CopyCovariatesTo(Span<double> destination)
    {
        int start = Slot(Count - 1) * Covariates, length = Count * Covariates;
        int first = Math.Min(length, beside.Length - start);
        beside.AsSpan(start, first).CopyTo(destination);
        beside.AsSpan(0, length - first).CopyTo(destination[first..]);
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
        double[] largerBeside = beside.Length > 0 ? new double[Covariates * length] : [];
        CopyTo(largerValues, largerHeld, largerTimes);
        CopyCovariatesTo(largerBeside);
        (values, held, times, beside, head) = (largerValues, largerHeld, largerTimes, largerBeside, Count);
    }

    /// <summary>Writes count, values, marks and, where they are kept, times and covariates, oldest first.</summary>
    internal void WriteTo(StateWriter writer)
    {
        writer.Write(Count);
        WriteRing<double>(writer, values);
        WriteRing<bool>(writer, held);
        if (keepsTimes)
        {
            WriteRing<long>(writer, times);
        }

        WriteRing<double>(writer, beside, Covariates);
    }

    internal void ReadFrom(ref StateReader reader)
    {
        int count = reader.ReadCount(capacity);
        while (values.Length < count)
        {
            Grow();
        }

        Count = count;
        head = count == values.Length ? 0 : count;
        reader.Read(values.AsSpan(0, count));
        reader.Read(MemoryMarshal.AsBytes(held.AsSpan(0, count)));
        reader.Read(times.AsSpan(0, keepsTimes ? count : 0));
        reader.Read(beside.AsSpan(0, count * Covariates));
    }

    /// <param name="writer">Receives the values.</param>
    /// <param name="ring">[slot, width].</param>
    /// <param name="width">Values a slot.</param>
    private void WriteRing<T>(StateWriter writer, T[] ring, int width = 1)
        where T : unmanaged
    {
        int start = Slot(Count - 1), first = Math.Min(Count, values.Length - start);
        writer.Write<T>(ring.AsSpan(start * width, first * width));
        writer.Write<T>(ring.AsSpan(0, (Count - first) * width));
    }
}

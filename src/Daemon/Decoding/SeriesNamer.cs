using System.Buffers;

namespace Streaming.Daemon.Decoding;

/// <summary>Makes the series id of a name and its labels: name{a=b,c=d}, or just the name without labels.</summary>
/// <remarks>
/// One id a name and set of labels, whatever the order: labels are sorted by the bytes of their keys, of equal keys the
/// last wins, and an empty value means no label. A backslash stands before <c>\ , = { }</c> of names, keys and values,
/// so that no two series share an id. Everything given is copied at once. Allocates nothing once its room has grown; not
/// thread-safe.
/// </remarks>
internal sealed class SeriesNamer(LabelFilter filter)
{
    /// <summary>Most labels of a series, dropped ones not counted.</summary>
    public const int MaxLabels = 64;

    /// <summary>Room for one byte more than an id may have: what is cut there is refused as too long.</summary>
    private const int RoomBytes = ObservationList.MaxIdBytes + 1;

    private static readonly SearchValues<byte> Special = SearchValues.Create("\\,={}"u8);

    private readonly Entry[] labels = new Entry[MaxLabels];
    private readonly int[] order = new int[MaxLabels];
    private readonly byte[] name = new byte[2 * RoomBytes];
    private readonly byte[] id = new byte[RoomBytes];
    private byte[] text = new byte[1_024]; // keys and values; at most 2 x 513 bytes a label
    private int nameBytes;
    private int textBytes;
    private int idBytes;

    /// <summary>Labels held: where to <see cref="Rewind"/> to.</summary>
    public int Count { get; private set; }

    /// <summary>Starts over: a name and no labels.</summary>
    public void Begin(ReadOnlySpan<byte> name)
    {
        (Count, textBytes) = (0, 0);
        Rename(name);
    }

    /// <summary>Takes another name; the labels stay.</summary>
    public void Rename(ReadOnlySpan<byte> name) => nameBytes = Copy(name, this.name);

    /// <summary>Takes the name {name}_{suffix}, or one of the two where the other is empty; the labels stay.</summary>
    public void Rename(ReadOnlySpan<byte> name, ReadOnlySpan<byte> suffix)
    {
        Rename(name);
        if (nameBytes > 0 && !suffix.IsEmpty)
        {
            this.name[nameBytes++] = (byte)'_';
        }

        nameBytes += Copy(suffix, this.name.AsSpan(nameBytes));
    }

    /// <summary>Adds a label, unless the filter drops it. Past <see cref="MaxLabels"/>, <see cref="End"/> refuses.</summary>
    public void Label(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (!filter.Keeps(key) || Count > MaxLabels)
        {
            return;
        }

        if (Count < MaxLabels)
        {
            int keyBytes = Keep(key);
            labels[Count] = new(textBytes - keyBytes, keyBytes, Keep(value));
        }

        Count++;
    }

    /// <summary>Forgets the labels from a number on.</summary>
    /// <param name="count">An earlier <see cref="Count"/> since <see cref="Begin"/>.</param>
    public void Rewind(int count)
    {
        if (count < Math.Min(Count, MaxLabels))
        {
            textBytes = labels[count].Start;
        }

        Count = count;
    }

    /// <summary>Names the series of the observations that are added from here on. Name and labels stay.</summary>
    /// <returns>None, TooManyLabels, EmptySeries, SeriesTooLong or BadUtf8.</returns>
    public RejectReason End(ObservationList observations)
    {
        if (Count > MaxLabels)
        {
            return RejectReason.TooManyLabels;
        }

        Sort();
        idBytes = 0;
        Append(name.AsSpan(0, nameBytes));
        byte separator = (byte)'{';
        for (int i = 0; i < Count; i++)
        {
            ref readonly Entry label = ref labels[order[i]];
            bool isOverruled = i + 1 < Count && Key(order[i + 1]).SequenceEqual(Key(order[i]));
            if (!isOverruled && label.ValueBytes > 0)
            {
                Append(separator);
                Append(Key(order[i]));
                Append((byte)'=');
                Append(text.AsSpan(label.Start + label.KeyBytes, label.ValueBytes));
                separator = (byte)',';
            }
        }

        if (separator == ',')
        {
            Append((byte)'}');
        }

        return observations.SetSeries(id.AsSpan(0, idBytes));
    }

    /// <summary>Orders the labels by key; equal keys stay in the order they came. Most producers sort already.</summary>
    private void Sort()
    {
        for (int i = 0; i < Count; i++)
        {
            int to = i;
            for (; to > 0 && Key(order[to - 1]).SequenceCompareTo(Key(i)) > 0; to--)
            {
                order[to] = order[to - 1];
            }

            order[to] = i;
        }
    }

    private ReadOnlySpan<byte> Key(int label) => text.AsSpan(labels[label].Start, labels[label].KeyBytes);

    /// <summary>Copies what fits; the rest is over the length of an id anyway.</summary>
    private static int Copy(ReadOnlySpan<byte> from, Span<byte> to)
    {
        int bytes = Math.Min(from.Length, RoomBytes);
        from[..bytes].CopyTo(to);
        return bytes;
    }

    private int Keep(ReadOnlySpan<byte> part)
    {
        if (textBytes + RoomBytes > text.Length)
        {
            Array.Resize(ref text, 2 * text.Length);
        }

        int bytes = Copy(part, text.AsSpan(textBytes));
        textBytes += bytes;
        return bytes;
    }

    private void Append(byte b)
    {
        if (idBytes < id.Length)
        {
            id[idBytes++] = b;
        }
    }

    private void Append(ReadOnlySpan<byte> part)
    {
        for (int plain; (plain = part.IndexOfAny(Special)) >= 0; part = part[(plain + 1)..])
        {
            AppendPlain(part[..plain]);
            Append((byte)'\\');
            Append(part[plain]);
        }

        AppendPlain(part);
    }

    private void AppendPlain(ReadOnlySpan<byte> part)
    {
        int bytes = Math.Min(part.Length, id.Length - idBytes);
        part[..bytes].CopyTo(id.AsSpan(idBytes));
        idBytes += bytes;
    }

    private readonly record struct Entry(int Start, int KeyBytes, int ValueBytes);
}

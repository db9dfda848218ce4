using System.Buffers;
using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Decoding;

/// <summary>Makes the series id of a name and its labels: name{a=b,c=d}, or just the name without labels.</summary>
/// <remarks>
/// One id a name and set of labels, whatever the order: labels are sorted by the bytes of their keys, of equal keys the
/// last wins, and an empty value means no label. Buckets of histograms as Prometheus names them, x_bucket{le=…}, are left
/// out unless Input:Buckets asks for them. A backslash stands before <c>\ , = { }</c> of names, keys and values,
/// so that no two series share an id. Everything given is copied at once. Allocates nothing once its room has grown;
/// not thread-safe.
/// </remarks>
internal sealed class SeriesNamer(InputOptions options)
{
    /// <summary>Most labels of a series, dropped ones not counted.</summary>
    public const int MaxLabels = 64;

    private const int NoBound = int.MaxValue;

    /// <summary>Room for one byte more than an id may have: what is cut there is refused as too long.</summary>
    private const int RoomBytes = ObservationList.MaxIdBytes + 1;

    private static readonly SearchValues<byte> Special = SearchValues.Create("\\,={}"u8);

    private readonly LabelFilter filter = new(options);
    private readonly Entry[] labels = new Entry[MaxLabels];
    private readonly int[] order = new int[MaxLabels]; // the first labels, by their keys: so many as are sorted
    private readonly byte[] name = new byte[(2 * RoomBytes) + 1]; // {name}_{suffix}, each clipped
    private readonly byte[] suffix = new byte[RoomBytes]; // {a=b,c=d}, kept while only the name changes
    private readonly byte[] id = new byte[RoomBytes];
    private byte[] text = new byte[1_024]; // keys and values; at most 2 x 513 bytes a label
    private int nameBytes;
    private int textBytes;
    private int suffixBytes;
    private int sorted;
    private bool hasSuffix;
    private int boundAt = NoBound; // where the label le, which is the upper bound of a bucket, came or would have

    /// <summary>Labels held: where to <see cref="Rewind"/> to.</summary>
    public int Count { get; private set; }

    /// <summary>Starts over: a name and no labels.</summary>
    public void Begin(ReadOnlySpan<byte> name)
    {
        (Count, textBytes, sorted, hasSuffix, boundAt) = (0, 0, 0, false, NoBound);
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

    /// <summary>Adds a label, unless the filter drops it. Past <see cref="MaxLabels"/>, <see cref="End"/>
    /// refuses.</summary>
    public void Label(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        boundAt = boundAt == NoBound && key.SequenceEqual("le"u8) ? Count : boundAt;
        if (!filter.Keeps(key) || Count > MaxLabels)
        {
            return;
        }

        hasSuffix = false;
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

        hasSuffix &= count == Count;
        boundAt = boundAt < count ? boundAt : NoBound;
        Count = count;
        Unsort(count);
    }

    /// <summary>Names the series of the observations that are added from here on, or has them left out. Name and labels
    /// stay.</summary>
    /// <returns>None, TooManyLabels, EmptySeries, SeriesTooLong or BadUtf8.</returns>
    public RejectReason End(ObservationList observations)
    {
        if (Count > MaxLabels)
        {
            return RejectReason.TooManyLabels;
        }

        if (!options.Buckets && boundAt != NoBound && name.AsSpan(0, nameBytes).EndsWith("_bucket"u8))
        {
            observations.LeaveOut();
            return RejectReason.None;
        }

        if (!hasSuffix)
        {
            WriteSuffix();
            hasSuffix = true;
        }

        var writer = new Clipped(id);
        writer.Escape(name.AsSpan(0, nameBytes), mayNeedIt: true);
        writer.Put(suffix.AsSpan(0, suffixBytes));
        return observations.SetSeries(id.AsSpan(0, writer.Count));
    }

    private void WriteSuffix()
    {
        Sort();
        var writer = new Clipped(suffix);
        bool isSpecial = text.AsSpan(0, textBytes).ContainsAny(Special); // once for all: there seldom is any
        byte separator = (byte)'{';
        for (int i = 0; i < Count && !writer.IsFull; i++)
        {
            ref readonly Entry label = ref labels[order[i]];
            bool isOverruled = i + 1 < Count && Key(order[i + 1]).SequenceEqual(Key(order[i]));
            if (!isOverruled && label.ValueBytes > 0)
            {
                writer.Put(separator);
                writer.Escape(Key(order[i]), isSpecial);
                writer.Put((byte)'=');
                writer.Escape(text.AsSpan(label.Start + label.KeyBytes, label.ValueBytes), isSpecial);
                separator = (byte)',';
            }
        }

        if (separator == ',')
        {
            writer.Put((byte)'}');
        }

        suffixBytes = writer.Count;
    }

    /// <summary>Puts the labels that have come since in their places by key; equal keys stay in the order they
    /// came. Most producers sort already.</summary>
    private void Sort()
    {
        for (; sorted < Count; sorted++)
        {
            int to = sorted;
            for (; to > 0 && Key(order[to - 1]).SequenceCompareTo(Key(sorted)) > 0; to--)
            {
                order[to] = order[to - 1];
            }

            order[to] = sorted;
        }
    }

    /// <summary>Takes the labels from a number on out of the order: what is shared by many series is sorted once.
    /// </summary>
    private void Unsort(int count)
    {
        int kept = 0;
        for (int i = 0; i < sorted; i++)
        {
            if (order[i] < count)
            {
                order[kept++] = order[i];
            }
        }

        sorted = kept;
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

    private readonly record struct Entry(int Start, int KeyBytes, int ValueBytes);

    /// <summary>Writes what fits, and takes no time for the rest.</summary>
    private ref struct Clipped(Span<byte> room)
    {
        private readonly Span<byte> room = room;

        public int Count { get; private set; }

        public readonly bool IsFull => Count == room.Length;

        public void Put(byte b)
        {
            if (Count < room.Length)
            {
                room[Count++] = b;
            }
        }

        public void Put(scoped ReadOnlySpan<byte> part)
        {
            int bytes = Math.Min(part.Length, room.Length - Count);
            part[..bytes].CopyTo(room[Count..]);
            Count += bytes;
        }

        /// <summary>Puts a part, a backslash before each special letter.</summary>
        public void Escape(scoped ReadOnlySpan<byte> part, bool mayNeedIt)
        {
            int special = mayNeedIt ? part.IndexOfAny(Special) : -1;
            int at = special < 0 ? part.Length : special;
            Put(part[..at]);
            for (; at < part.Length && !IsFull; at++)
            {
                if (Special.Contains(part[at]))
                {
                    Put((byte)'\\');
                }

                Put(part[at]);
            }
        }
    }
}

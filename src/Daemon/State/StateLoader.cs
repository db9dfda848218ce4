using Streaming.Daemon.Configuration;
using Streaming.Daemon.Pipeline;
using Streaming.Inference.Series;
using Streaming.Inference.Series.Codec;

namespace Streaming.Daemon.State;

/// <summary>Reads a partition of the state topic into a task's table, record by record, the last of each key
/// counting.</summary>
/// <param name="partition">The partition.</param>
/// <param name="series">An empty table.</param>
/// <param name="structure">What <see cref="Era.Structure"/> must be.</param>
internal sealed class StateLoader(int partition, SeriesTable series, ulong structure)
{
    private readonly StateRecords records = new(partition);
    private readonly Refusals refusals = new(partition);
    private readonly SeriesCodec codec = new(series.States);
    private readonly Dictionary<byte[], Life[]> lives = new(Utf8Comparer.Instance);
    private readonly Dictionary<byte[], StateDamage> unusable = new(Utf8Comparer.Instance); // by key
    private readonly List<StoredKeys> dropped = [];
    private Marker? marker;

    /// <summary>What is stored and not gone on with, though nothing in the log ended it: it is to go with the next commit,
    /// or the next restore would find it again.</summary>
    public IReadOnlyList<StoredKeys> Dropped => dropped;

    /// <summary>Whether how far the partition is can't be known, for that record is damaged: all of it starts cold.</summary>
    public bool HasLostMarker => unusable.ContainsKey(StateKey.Marker.ToArray());

    /// <summary>Bytes read so far.</summary>
    public long Bytes { get; private set; }

    /// <summary>Takes one record of the topic.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="value">Its value; empty where it is null.</param>
    /// <exception cref="StateRefusedException">It is none of ours.</exception>
    public void Take(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        Bytes += key.Length + value.Length;
        if (!StateKey.TryRead(key, out StateKind kind, out ReadOnlySpan<byte> id))
        {
            throw StateRefusedException.OfForeignRecord(partition);
        }

        refusals.Lift(key);
        if (value.IsEmpty)
        {
            records.Drop(key);
            Forget(kind, id);
            Note(kind, key, StateDamage.None);
            return;
        }

        StateDamage damage = records.Open(key, value, out ReadOnlySpan<byte> content);
        if (damage == StateDamage.UnknownVersion)
        {
            refusals.AddForm(key, value[0]);
        }
        else if (damage == StateDamage.None)
        {
            damage = Take(kind, key, content);
        }

        if (damage != StateDamage.None && kind == StateKind.Marker)
        {
            marker = null; // the one of before is not true any more
        }

        Note(kind, key, damage);
    }

    /// <summary>Ends the reading: what the task goes on from.</summary>
    /// <returns>Null where there is no marker: the table is empty then.</returns>
    /// <exception cref="StateRefusedException">A record in force belongs to another version or another
    /// structure.</exception>
    public RestoredState? Finish()
    {
        if (refusals.InForce is { } refusal)
        {
            throw refusal;
        }

        foreach (byte[] key in unusable.Keys.Where(key => key[0] == (byte)StateKind.Unit))
        {
            byte[] id = key[1..];
            series.Drop(id);
            SeriesIdentity.Of(series.Add(id, long.MinValue)).AsOf = marker?.Committed ?? 0;
        }

        AssignParts();
        if (marker is not null)
        {
            return StateOf(marker);
        }

        Clear();
        return null;
    }

    /// <summary>Forgets all but how far the partition is: all is made again from the beginning of the log.</summary>
    public RestoredState Forget()
    {
        Clear();
        lives.Clear();
        return StateOf(marker! with { LowWater = TaskSnapshot.BeforeAll() });
    }

    /// <summary>Drops series that may lack records: those stored as of an offset before the first one that is read again,
    /// where that is not low water.</summary>
    /// <returns>How many.</returns>
    public int DropBefore(long readFrom)
    {
        if (marker!.LowWater.Offset >= readFrom)
        {
            return 0;
        }

        SeriesIdentity[] cut = [.. series.All.Select(SeriesIdentity.Of).Where(s => s.AsOf < readFrom)];
        foreach (SeriesIdentity identity in cut)
        {
            series.Drop(identity.Id);
        }

        dropped.AddRange(cut.Select(StoredKeys.Of));
        return cut.Length;
    }

    /// <summary>Tells each series which parts it has; those of no series are dropped.</summary>
    private void AssignParts()
    {
        foreach (StoredKeys keys in records.Parts)
        {
            if (series.Find(keys.Id) is { } found)
            {
                SeriesIdentity.Of(found).Parts = keys.Parts;
            }
            else
            {
                dropped.Add(keys);
            }
        }
    }

    /// <summary>Goes on with no series.</summary>
    private void Clear()
    {
        dropped.AddRange(series.All.Select(StoredKeys.Of));
        foreach (SeriesState state in series.All.ToArray())
        {
            series.Drop(SeriesIdentity.Of(state).Id);
        }
    }

    private StateDamage Take(StateKind kind, ReadOnlySpan<byte> key, ReadOnlySpan<byte> content)
    {
        try
        {
            switch (kind)
            {
                case StateKind.Marker:
                    marker = MarkerCodec.Read(content);
                    CheckStructure(marker.Era, key);
                    break;
                case StateKind.Unit:
                    return TakeUnit(key, content);
                case StateKind.Lives:
                    lives[key[1..].ToArray()] = LivesRecord.Read(content);
                    break;
            }

            return StateDamage.None;
        }
        catch (InvalidDataException)
        {
            return StateDamage.Content;
        }
    }

    private StateDamage TakeUnit(ReadOnlySpan<byte> key, ReadOnlySpan<byte> content)
    {
        UnitRecord record = UnitRecord.Read(content, out ReadOnlySpan<byte> state);
        if (!CheckStructure(record.Era, key))
        {
            return StateDamage.None;
        }

        ReadOnlySpan<byte> id = key[1..];
        SeriesState unit = series.Find(id) ?? series.Add(id, record.Born);
        if (record.Form != series.FormOf(unit))
        {
            return StateDamage.OtherForm;
        }

        codec.Read(unit, state);
        SeriesIdentity identity = SeriesIdentity.Of(unit);
        (identity.Born, identity.AsOf) = (record.Born, record.AsOf);
        return StateDamage.None;
    }

    private void Forget(StateKind kind, ReadOnlySpan<byte> id)
    {
        switch (kind)
        {
            case StateKind.Marker:
                marker = null;
                break;
            case StateKind.Unit:
                series.Drop(id);
                break;
            case StateKind.Lives:
                lives.Remove(id.ToArray());
                break;
        }
    }

    /// <summary>Notes whether the record in force of a key can be used; of a part its series' tells.</summary>
    private void Note(StateKind kind, ReadOnlySpan<byte> key, StateDamage damage)
    {
        if (damage != StateDamage.None && kind != StateKind.Part)
        {
            unusable[key.ToArray()] = damage;
        }
        else if (unusable.Count > 0)
        {
            unusable.Remove(key.ToArray());
        }
    }

    /// <remarks>What is in a series was published before: at least once, its offset is done even where the marker is one of
    /// before.</remarks>
    private RestoredState StateOf(Marker at)
    {
        int changed = unusable.Values.Count(damage => damage == StateDamage.OtherForm);
        long done = series.All.Select(state => SeriesIdentity.Of(state).AsOf).DefaultIfEmpty().Max();
        bool isExact = at.Delivery == DeliveryMode.ExactlyOnce && done <= at.Committed;
        return new(
            at with { Committed = Math.Max(at.Committed, done) }, lives, unusable.Count - changed, changed, isExact);
    }

    private bool CheckStructure(Era era, ReadOnlySpan<byte> key)
    {
        if (era.Structure == structure)
        {
            return true;
        }

        refusals.AddStructure(key);
        return false;
    }
}

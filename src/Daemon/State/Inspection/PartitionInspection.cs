using Streaming.Daemon.Pipeline;

namespace Streaming.Daemon.State.Inspection;

/// <summary>Looks into a partition of the state topic, record by record, the last of each key counting, as a restore
/// would, but refuses nothing.</summary>
/// <param name="partition">The partition.</param>
/// <param name="owner">Who would go on with it.</param>
/// <param name="probe">Reads series.</param>
/// <remarks>Keeps a few numbers of each series, not its state.</remarks>
internal sealed class PartitionInspection(int partition, StateOwner owner, UnitProbe probe)
{
    private readonly StateRecords records = new(partition);
    private readonly Dictionary<byte[], Finding> markers = new(Utf8Comparer.Instance);
    private readonly Dictionary<byte[], Finding> units = new(Utf8Comparer.Instance);
    private readonly Dictionary<byte[], Finding> lives = new(Utf8Comparer.Instance);
    private readonly Refusals refusals = new(partition);
    private string? foreign;

    /// <summary>The partition.</summary>
    public int Partition => partition;

    /// <summary>Records read so far, tombstones included.</summary>
    public long Records { get; private set; }

    /// <summary>Bytes of their keys and values: what a restore reads.</summary>
    public long Bytes { get; private set; }

    /// <summary>How far the partition is; null where nothing whole says so.</summary>
    public Marker? Marker { get; private set; }

    /// <summary>Series by id, damaged ones included.</summary>
    public IReadOnlyDictionary<byte[], Finding> Units => units;

    /// <summary>Ids with lives that a replay may come across.</summary>
    public int Lives => lives.Count;

    /// <summary>Why the daemon would not go on with it, and what to do; null where it would.</summary>
    public string? Obstacle =>
        foreign ?? refusals.InForce?.Message ?? (Marker is null ? null : ObjectionTo(Marker));

    /// <summary>Whether the daemon would go on under other options than before, or another arithmetic.</summary>
    public bool IsOfAnotherEra => Marker is not null && Marker.Era != owner.Era;

    /// <summary>The records in force that a restore could not use.</summary>
    public IEnumerable<DamagedRecord> Damaged =>
        DamagedOf(StateKind.Marker, markers).Concat(DamagedOf(StateKind.Unit, units))
            .Concat(DamagedOf(StateKind.Lives, lives));

    /// <summary>Takes the next record.</summary>
    public void Take(long offset, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        Records++;
        Bytes += key.Length + value.Length;
        if (!StateKey.TryRead(key, out StateKind kind, out ReadOnlySpan<byte> id))
        {
            foreign ??= StateRefusedException.OfForeignRecord(partition).Message;
            return;
        }

        refusals.Lift(key);
        if (value.IsEmpty)
        {
            records.Drop(key);
            Of(kind)?.Remove(id.ToArray());
            Marker = kind == StateKind.Marker ? null : Marker;
            return;
        }

        StateDamage damage = records.Open(key, value, out ReadOnlySpan<byte> content);
        if (damage == StateDamage.UnknownVersion)
        {
            refusals.AddForm(key, value[0]);
        }

        var finding = new Finding(offset, key.Length + value.Length, damage);
        if (Of(kind) is { } found)
        {
            found[id.ToArray()] = damage == StateDamage.None ? Read(kind, key, content, finding) : finding;
        }
    }

    /// <summary>Findings of a kind; null for parts, whose damage is that of their series.</summary>
    private Dictionary<byte[], Finding>? Of(StateKind kind) => kind switch
    {
        StateKind.Marker => markers,
        StateKind.Unit => units,
        StateKind.Lives => lives,
        _ => null,
    };

    private Finding Read(StateKind kind, ReadOnlySpan<byte> key, ReadOnlySpan<byte> content, Finding finding)
    {
        try
        {
            switch (kind)
            {
                case StateKind.Marker:
                    Marker = MarkerCodec.Read(content);
                    CheckStructure(Marker.Era, key);
                    return finding;
                case StateKind.Unit:
                    return ReadUnit(key, content, finding);
                default:
                    LivesRecord.Read(content);
                    return finding;
            }
        }
        catch (InvalidDataException)
        {
            return finding with { Damage = StateDamage.Content };
        }
    }

    private Finding ReadUnit(ReadOnlySpan<byte> key, ReadOnlySpan<byte> content, Finding finding)
    {
        UnitRecord record = UnitRecord.Read(content, out ReadOnlySpan<byte> state);
        finding = finding with { Born = record.Born, AsOf = record.AsOf };
        if (!CheckStructure(record.Era, key))
        {
            return finding;
        }

        return probe.Read(key[1..], record.Form, state) is var (progress, timeTicks)
            ? finding with { Progress = progress, TimeTicks = timeTicks }
            : finding with { Damage = StateDamage.OtherForm };
    }

    private bool CheckStructure(Era era, ReadOnlySpan<byte> key)
    {
        if (era.Structure == owner.Era.Structure)
        {
            return true;
        }

        refusals.AddStructure(key);
        return false;
    }

    private string? ObjectionTo(Marker marker)
    {
        try
        {
            owner.Check(marker, partition);
            return null;
        }
        catch (StateRefusedException e)
        {
            return e.Message;
        }
    }

    private static IEnumerable<DamagedRecord> DamagedOf(StateKind kind, Dictionary<byte[], Finding> all) =>
        all.Where(found => found.Value.Damage != StateDamage.None)
            .OrderBy(found => found.Value.Offset)
            .Select(found => new DamagedRecord(kind, found.Key, found.Value.Offset, found.Value.Damage));
}

using System.Buffers.Binary;
using Simulation.Log;
using Simulation.Port;
using Simulation.Schedules;

namespace Simulation.Toy;

/// <summary>Schedules of <see cref="ToyLane"/>.</summary>
internal sealed class ToyScenario(ToyBugs bugs = ToyBugs.None, PortBugs portBugs = PortBugs.None) : IScenario
{
    private const int SeriesIds = 12;

    private readonly SeededRandom random = new(0);
    private readonly long[] times = new long[Partitions.Most];

    public string InputTopic => ToyTopics.Input;

    public string OutputTopic => ToyTopics.Forecasts;

    public string DeadLetterTopic => ToyTopics.DeadLetters;

    public string StateTopic => ToyTopics.State;

    public string ModelsTopic => ToyTopics.Models;

    public void Reset(ulong seed)
    {
        random.Reset(seed);
        Array.Clear(times);
    }

    /// <summary>Mostly small steps in time, out of order now and then; some late, some jumps that make series
    /// idle; a few records that nobody can read.</summary>
    public void WriteInput(PartitionLog input, int? producer)
    {
        ref long time = ref times[input.Partition];
        time += random.PerMille(15) ? random.Between(40, 120) : random.Below(4);
        long back = random.PerMille(30) ? random.Between(20, 80) : random.Below(8);
        int series = random.Below(random.Below(SeriesIds) + 1);
        Span<byte> key = stackalloc byte[ToyRecord.KeyBytes], value = stackalloc byte[ToyRecord.ValueBytes];
        new ToyRecord(series, Math.Max(0, time - back), random.Below(1_000)).Write(key, value);
        value = random.PerMille(10) ? value[..3] : value;
        if (producer is { } number)
        {
            input.TryAppend(number, 0, key, value, null, time);
        }
        else
        {
            input.Append(key, value, null, time);
        }
    }

    public void WriteVersion(PartitionLog models, int version)
    {
        Span<byte> key = stackalloc byte[4], value = stackalloc byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(key, version);
        BinaryPrimitives.WriteUInt64LittleEndian(value, SeededRandom.Mix((ulong)version));
        models.Append(key, value, null, 0);
    }

    public IProcess Start(ProcessStart start)
    {
        start.Port.Bugs = portBugs;
        return new ToyLane(start, bugs);
    }

    public void ReadAdoptions(PartitionLog state, List<Adoption> adoptions)
    {
        foreach (LogEntry entry in state.Entries)
        {
            if (state.IsCommitted(entry) && state.Key(entry).SequenceEqual(ToyMarker.Key))
            {
                foreach (Adoption adoption in ToyMarker.Read(state.Value(entry)).Timeline)
                {
                    if (!adoptions.Contains(adoption))
                    {
                        adoptions.Add(adoption);
                    }
                }
            }
        }

        adoptions.Sort(static (a, b) => (a.Offset, a.Version).CompareTo((b.Offset, b.Version)));
    }

    public void WriteStart(PartitionLog state, IReadOnlyList<Adoption> adoptions)
    {
        Span<byte> room = stackalloc byte[4_096];
        state.Append(ToyMarker.Key, new ToyMarker(0, 0, default, adoptions).Write(room), null, 0);
    }

    public long LowWater(PartitionLog state)
    {
        ReadOnlySpan<LogEntry> entries = state.Entries;
        for (int i = entries.Length - 1; i >= 0; i--)
        {
            if (state.IsCommitted(entries[i]) && state.Key(entries[i]).SequenceEqual(ToyMarker.Key))
            {
                return ToyMarker.Read(state.Value(entries[i])).LowWater;
            }
        }

        return 0;
    }

    public bool IsState(ReadOnlySpan<byte> key) => !key.SequenceEqual(ToyMarker.Key);

    public ulong ContentOf(int partition, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value) => Hash.Of(value);

    public ulong IdentityOf(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value) =>
        Hash.Of(value[..Math.Min(16, value.Length)], Hash.Of(key));

    public string Describe(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value) => value.Length < 44
        ? $"dead letter of offset {BinaryPrimitives.ReadInt64LittleEndian(key[4..])}"
        : $"series {BinaryPrimitives.ReadInt32LittleEndian(key)} at {BinaryPrimitives.ReadInt64LittleEndian(value)}, "
            + $"bucket {BinaryPrimitives.ReadInt64LittleEndian(value[8..])}, "
            + $"sum {BinaryPrimitives.ReadUInt64LittleEndian(value[16..]):x16}, "
            + $"stream time {BinaryPrimitives.ReadInt64LittleEndian(value[24..])}, "
            + $"{BinaryPrimitives.ReadInt64LittleEndian(value[32..])} series, "
            + $"version {BinaryPrimitives.ReadInt32LittleEndian(value[40..])}";
}

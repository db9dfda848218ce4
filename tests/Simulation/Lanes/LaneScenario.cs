using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Simulation.Log;
using Simulation.Port;
using Simulation.Schedules;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.State;
using Adoption = Simulation.Schedules.Adoption;

namespace Simulation.Lanes;

/// <summary>Schedules of the daemon's own forecasting lane.</summary>
/// <param name="portBugs">Mistakes to plant in the port.</param>
internal sealed class LaneScenario(PortBugs portBugs = PortBugs.None) : IScenario
{
    private const int SeriesIds = 12;

    private static readonly DateTime Start = new(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly LaneSetup setup = new();
    private readonly SeededRandom random = new(0);
    private readonly DateTime[] times = new DateTime[Partitions.Most];

    public string InputTopic => setup.Options.Input.Topic;

    public string OutputTopic => setup.Options.Output.Topic;

    public string DeadLetterTopic => setup.Options.Output.DeadLetterTopicOf(setup.Options.Application);

    public string StateTopic => setup.Options.StateTopic;

    public string ModelsTopic => "app-models";

    public void Reset(ulong seed)
    {
        random.Reset(seed);
        Array.Fill(times, Start);
    }

    /// <summary>Seconds and minutes on, out of order now and then; some late, some ahead of all clocks, some gaps that make
    /// series idle; a few records that nobody can read.</summary>
    public void WriteInput(PartitionLog input, int? producer)
    {
        ref DateTime time = ref times[input.Partition];
        time += random.PerMille(15) ? TimeSpan.FromMinutes(random.Between(10, 30)) : TimeSpan.FromSeconds(random.Below(50));
        TimeSpan back = random.PerMille(30)
            ? TimeSpan.FromMinutes(random.Between(5, 20))
            : TimeSpan.FromSeconds(random.Below(60));
        TimeSpan ahead = random.PerMille(25) ? TimeSpan.FromMinutes(8) : TimeSpan.Zero;
        int series = random.Below(random.Below(SeriesIds) + 1);
        string name = string.Create(CultureInfo.InvariantCulture, $"{(series % 3 == 0 ? 'e' : 'g')}{input.Partition}-{series}");
        string text = random.PerMille(10)
            ? "not json"
            : string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"series":"{{name}}","time":"{{time - back + ahead:O}}","value":{{random.Below(1_000)}}}""");
        byte[] key = Encoding.UTF8.GetBytes(name), value = Encoding.UTF8.GetBytes(text);
        long timestampMs = (time.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;
        if (producer is { } number)
        {
            input.TryAppend(number, 0, key, value, null, timestampMs);
        }
        else
        {
            input.Append(key, value, null, timestampMs);
        }
    }

    public void WriteVersion(PartitionLog models, int version)
    {
        Span<byte> key = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(key, version);
        models.Append(key, [1], null, 0);
    }

    IProcess IScenario.Start(ProcessStart start)
    {
        start.Port.Bugs = portBugs;
        return new LaneProcess(start, setup, this);
    }

    public void ReadAdoptions(PartitionLog state, List<Adoption> adoptions)
    {
        foreach (ref readonly LogEntry entry in state.Entries)
        {
            foreach (Streaming.Daemon.State.Adoption told in MarkerOf(state, entry)?.Adoptions ?? [])
            {
                var adoption = new Adoption(told.Offset, told.StreamTimeTicks, NumberOf(told.Version));
                if (!adoptions.Contains(adoption))
                {
                    adoptions.Add(adoption);
                }
            }
        }

        adoptions.Sort(static (a, b) => (a.Offset, a.Version).CompareTo((b.Offset, b.Version)));
    }

    public void WriteStart(PartitionLog state, IReadOnlyList<Adoption> adoptions)
    {
        var envelope = new StateEnvelope(state.Partition);
        TaskSnapshot lowWater = TaskSnapshot.BeforeAll() with { Offset = 0 };
        MarkerCodec.Write(
            new Marker
            {
                Application = setup.Owner.Application,
                Cluster = setup.Owner.Cluster,
                InputTopic = setup.Owner.InputTopic,
                Era = setup.Owner.Era,
                Committed = 0,
                LiveFrom = 0,
                LowWater = lowWater,
                Skipped = [],
                LateRecords = 0,
                Delivery = DeliveryMode.ExactlyOnce,
                Adoptions =
                [
                    .. adoptions.DefaultIfEmpty(new(0, long.MinValue, 0)).Select(a => new Streaming.Daemon.State.Adoption(
                        setup[a.Version].Name, a.Offset, a.StreamTime)),
                ],
            },
            envelope.Begin());
        state.Append(StateKey.Marker, envelope.Seal(StateKey.Marker), null, 0);
    }

    public long LowWater(PartitionLog state)
    {
        ReadOnlySpan<LogEntry> entries = state.Entries;
        for (int i = entries.Length - 1; i >= 0; i--)
        {
            if (MarkerOf(state, entries[i]) is { } marker)
            {
                return marker.LowWater.Offset;
            }
        }

        return 0;
    }

    public bool IsState(ReadOnlySpan<byte> key) => key[0] == (byte)StateKind.Unit;

    /// <summary>The state of a series, without the offset that it is as of.</summary>
    public ulong ContentOf(int partition, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        new StateEnvelope(partition).Open(key, value, out ReadOnlySpan<byte> content);
        UnitRecord record = UnitRecord.Read(content, out ReadOnlySpan<byte> state);
        return Hash.Of(state, (ulong)record.Born);
    }

    /// <summary>A forecast is told by its series and the end of its step; a dead letter by all of it.</summary>
    public ulong IdentityOf(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        int end = value.IndexOf(",\"value\":"u8);
        return Hash.Of(end < 0 ? value : value[..end], Hash.Of(key));
    }

    public string Describe(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value) => Encoding.UTF8.GetString(value);

    private static Marker? MarkerOf(PartitionLog state, in LogEntry entry) =>
        state.IsCommitted(entry) && state.Key(entry).SequenceEqual(StateKey.Marker)
        && new StateEnvelope(state.Partition).Open(
            StateKey.Marker, state.Value(entry), out ReadOnlySpan<byte> content) == StateDamage.None
            ? MarkerCodec.Read(content)
            : null;

    private static int NumberOf(string version) => int.Parse(version.Split('@')[1], CultureInfo.InvariantCulture) - 1;
}

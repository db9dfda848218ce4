using System.Buffers;
using System.Text;
using Daemon.Tests.Pipeline;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Decoding;
using Streaming.Daemon.Pipeline;
using Streaming.Daemon.Serving;
using Streaming.Daemon.State;
using Streaming.Daemon.State.Inspection;
using Streaming.Inference.Model;
using Streaming.Inference.Series;
using Streaming.Inference.Series.Codec;

namespace Daemon.Tests.State;

/// <summary>A task over a <see cref="StreamLog"/> without Kafka: takes records, steps, checkpoints into a dictionary.
/// </summary>
internal sealed class LogTask
{
    private static readonly ForecasterSettings Settings = PipelineServices.SettingsOf(StreamLog.Options);
    private static readonly ModelShape Shape = Settings.ShapeOf(StreamLog.Options.Model.Hidden, 2);
    private static readonly ModelVersion Version = Pod.Version(1, Shape);
    private static readonly RuleBook Rules = new(StreamLog.Options);
    private static readonly Era Era = new(1, 2, 3);

    private readonly SeriesTable table;
    private readonly PendingSteps steps = new();
    private readonly TaskIntake intake;
    private readonly Forecaster forecaster = new(Settings, Shape);
    private readonly ForecastBlock forecasts = new(2, 2);
    private readonly SeriesCodec codec;
    private readonly LogEntry[][] log;

    public LogTask(
        LogEntry[][] log, IReadOnlyCollection<(byte[] Key, byte[] Value)> stored, ulong structure = 1,
        RuleBook? rules = null, bool isExact = true, long readFrom = 0)
    {
        table = new(rules ?? Rules, Settings, Shape, StreamLog.MaxSeries);
        this.log = log;
        codec = new SeriesCodec(table.States);
        var loader = new StateLoader(0, table, structure);
        foreach ((byte[] key, byte[] value) in stored)
        {
            loader.Take(key, value);
        }

        Restored = loader.Finish() is { } state ? state with { IsExact = state.IsExact && isExact } : null;
        LiveFrom = Restored?.Marker.Committed ?? 0;
        Next = Math.Max(Restored?.Marker.LowWater.Offset ?? 0, readFrom);
        if (Restored is not null)
        {
            loader.DropBefore(Next);
        }

        var timeline = new AdoptionTimeline((new(Version.Name, 0, long.MinValue), Version), TimeSpan.Zero);
        intake = new TaskIntake(table, steps, timeline, Next, isStored: true, Restored, loader.Dropped);
        (Dropped, HasLostMarker) = (loader.Dropped, loader.HasLostMarker);
    }

    /// <summary>Whose state it writes.</summary>
    public static StateOwner Owner { get; } = new("app", "", "", Era);

    public RestoredState? Restored { get; }

    /// <summary>What is stored and not gone on with.</summary>
    public IReadOnlyList<StoredKeys> Dropped { get; }

    /// <summary>Whether the record that says how far it is was damaged.</summary>
    public bool HasLostMarker { get; }

    /// <summary>Which parts series have in the topic, as far as the task knows.</summary>
    public IEnumerable<StoredKeys> Parts => table.All.Select(StoredKeys.Of);

    public long LiveFrom { get; }

    public long Next { get; private set; }

    public bool IsReplaying => Next < LiveFrom;

    public int SeriesCount => table.Count;

    /// <summary>All that live records have given, in order: refusals and results of steps, as text.</summary>
    public List<string> Results { get; } = [];

    /// <summary>Reads single series of such tasks.</summary>
    public static UnitProbe NewProbe() => new(new SeriesTable(Rules, Settings, Shape, maxSeries: 1), Settings);

    /// <summary>Takes the next record and does what it closes.</summary>
    public void TakeNext()
    {
        long offset = Next++;
        var list = new ObservationList();
        foreach (LogEntry entry in log[offset])
        {
            list.SetSeries(entry.SeriesId);
            list.Add(entry.TimeTicks, entry.Value, ValueKind.Auto);
        }

        long timestamp = log[offset].Min(entry => entry.TimeTicks);
        for (int i = 0; i < list.Count; i++)
        {
            RejectReason reason = intake.Offer(list[i], offset, timestamp, (int)offset);
            if (offset >= LiveFrom)
            {
                Results.Add($"{offset} {reason}");
            }
        }

        intake.EndRecord(offset);
        Step();
    }

    /// <summary>Writes a checkpoint as a commit does, which leaves it some bytes.</summary>
    /// <returns>Its records, in order; none where it comes to nothing.</returns>
    public List<(byte[] Key, byte[] Value)> Commit(
        long nowMs, long intervalMs, long budgetBytes, bool isCommitted = true, long paceBytes = StorePace.FirstBytes,
        int partBytes = StatePublisher.PartBytes)
    {
        var broker = new MemoryBroker(1);
        using var port = new MemoryPort(broker);
        var outbox = new Outbox(port, new HealthState(TimeProvider.System).Lane(0), CancellationToken.None);
        var publisher = new StatePublisher(0, outbox, outbox.Target("app-state"), table, Era, partBytes);
        TaskSnapshot now = intake.Snapshot(Next);
        var turn = new StoreTurn(nowMs, IsDraining: false, new StorePace(TimeSpan.MaxValue, TimeProvider.System));
        turn.Pace.Begin(TimeSpan.MaxValue);
        turn.Pace.Store(StorePace.FirstBytes - paceBytes);
        TaskSnapshot lowWater = intake.Checkpoint!.Write(
            publisher, now, turn, intervalMs, budgetBytes);
        publisher.Write(new Marker
        {
            Application = "app",
            Cluster = "",
            InputTopic = "",
            Skipped = [],
            Era = Era,
            Committed = Next,
            LiveFrom = 0,
            LowWater = lowWater,
            LateRecords = 0,
            Delivery = DeliveryMode.ExactlyOnce,
            Adoptions = [],
        });
        intake.Checkpoint.WriteGone(publisher);
        if (!isCommitted)
        {
            return [];
        }

        intake.Checkpoint.Done();
        port.Flush(TimeSpan.Zero);
        return [.. broker.StatesOf(0).Select(m => (m.Key!, m.Value ?? []))];
    }

    /// <summary>All series, by id, in binary form, and what they share.</summary>
    public SortedDictionary<string, string> State()
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (SeriesState series in table.All)
        {
            var buffer = new ArrayBufferWriter<byte>();
            codec.Write(series, buffer);
            all[Encoding.UTF8.GetString(SeriesIdentity.Of(series).Id)] =
                $"{SeriesIdentity.Of(series).Born} {Convert.ToHexString(buffer.WrittenSpan)}";
        }

        TaskSnapshot shared = intake.Snapshot(Next);
        all[""] = $"{shared.StreamTimeTicks} {shared.SeriesCount} {Convert.ToHexString(shared.Guard.Span)} {Convert.ToHexString(shared.Groups.Span)}";
        return all;
    }

    private void Step()
    {
        steps.FormWaves();
        forecasts.Reserve(steps.Count);
        for (int w = 0; w < steps.WaveCount; w++)
        {
            forecaster.Step(Version.Weights, table.States, steps.Steps, steps.Wave(w), forecasts);
        }

        for (int i = 0; i < steps.Count; i++)
        {
            PendingStep step = steps.Steps[i];
            if (step.Origin >= LiveFrom)
            {
                string yhat = step.IsSilence ? "silent"
                    : string.Join(',', forecasts.Yhat(i).ToArray().Select(BitConverter.DoubleToInt64Bits));
                Results.Add($"{step.Origin} {Encoding.UTF8.GetString(SeriesIdentity.Of(step.Series).Id)} {step.TimeTicks} {yhat}");
            }
        }

        intake.Settle();
        steps.Clear();
        table.FreeRows();
    }
}

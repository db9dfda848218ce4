using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;
using Streaming.Daemon.State;

namespace Streaming.Daemon.Pipeline;

/// <summary>Reads the state of one partition back, a little at each turn: the one path for start, rebalance, loss and
/// crash.</summary>
/// <remarks>
/// Order: the group's offset, once it is stable → the models topic to its end, for the marker may name any version that
/// is in there → the end E of the state partition, open transactions included → its
/// records, committed ones, until the reader is at E. Once the offset is stable nobody else can commit for the partition
/// any more; what was committed lies below E; and the reader passes the records of a transaction only once its mark is
/// there. Then the log is read again from low water, by the task itself.
/// </remarks>
internal sealed partial class TaskRestore(
    int partition, PartitionTask? before, ForecasterOptions options, TaskFactory factory, PartitionStarts starts,
    StateStore store, StateTopicReader states, VersionReach versions, int statePartitions, ILogger logger)
    : Opening<PartitionTask>(partition, before)
{
    private const int MostDisagreements = 3;

    private SeriesTable table = factory.NewTable();
    private PartitionOffset?[]? committed;
    private StateLoader? loader;
    private long end;
    private long? modelsEnd;
    private long lastMarked = -1;
    private int disagreements;

    public override PartitionTask? TryFinish()
    {
        committed ??= starts.Committed(Partition);
        if (Partition >= statePartitions)
        {
            return factory.Create(starts.Find(Partition, committed, Before, marker: null), Partition, table, null, null, []);
        }

        modelsEnd ??= versions.End();
        if (!versions.HasRead(modelsEnd.Value))
        {
            return null;
        }

        if (loader is null)
        {
            var fresh = new StateLoader(Partition, table, store.Owner.Era.Structure);
            end = states.Open(Partition, fresh);
            loader = fresh;
        }

        return states.HasRead(Partition, end) ? Finish(loader) : null;
    }

    public override void Dispose()
    {
        states.Close(Partition);
        base.Dispose();
    }

    private PartitionTask? Finish(StateLoader read)
    {
        RestoredState? state = read.Finish();
        if (state is not null && !Agrees(state.Marker))
        {
            LookAgain();
            return null;
        }

        if (state is { Damaged: > 0 } && options.State.OnDamage == DamagePolicy.Replay)
        {
            state = read.Forget();
        }

        StartPlace place = starts.Find(Partition, committed!, Before, state?.Marker);
        if (state is not null)
        {
            int cut = read.DropBefore(place.ReadFrom);
            factory.Restored(read.Bytes, state.Damaged, state.Changed, cut);
            LogRestored(Partition, table.Count, read.Bytes, place.ReadFrom, place.NewFrom, state.Damaged, state.Changed, cut);
        }

        else if (read.HasLostMarker)
        {
            factory.Restored(read.Bytes, damaged: read.Dropped.Count, changed: 0, cut: 0);
            LogMarkerLost(Partition, read.Dropped.Count);
        }

        return factory.Create(place, Partition, table, state, store, read.Dropped);
    }

    /// <summary>The marker, not the group, is the truth; but exactly once the group must not say anything else.</summary>
    /// <remarks>A process that stood still since it asked the group finds a newer marker here, its successor's. So it looks
    /// again, after a poll, in which it would hear that the partition is gone, and as long as the marker moves on: somebody
    /// commits. An older marker has no excuse.</remarks>
    /// <returns>False where both are to be looked at again.</returns>
    /// <exception cref="StateRefusedException">They disagree, or it is the marker of something else.</exception>
    private bool Agrees(Marker marker)
    {
        store.Owner.Check(marker, Partition);
        if (committed![Partition] is not { } place || place.Offset == marker.Committed
            || options.State.Delivery == DeliveryMode.AtLeastOnce)
        {
            return true;
        }

        disagreements = marker.Committed == lastMarked ? disagreements + 1 : 1;
        lastMarked = marker.Committed;
        return place.Offset < marker.Committed && disagreements < MostDisagreements
            ? false
            : throw new StateRefusedException(
                $"Partition {Partition}: the group '{options.Application}' has committed offset {place.Offset}, but the "
                + $"state is that of offset {marker.Committed}. Somebody has set the group's offset: set it back to "
                + $"{marker.Committed}, or {StateRefusedException.ToDrop}.");
    }

    /// <summary>Forgets what was read, and begins with the group's offset again: what the state holds must be as new as
    /// that.</summary>
    private void LookAgain()
    {
        states.Close(Partition);
        (committed, modelsEnd, loader, table) = (null, null, null, factory.NewTable());
    }

    [LoggerMessage(160, LogLevel.Information,
        "Partition {Partition}: {Series} series read back from {Bytes} bytes; reading again from {LowWater} to "
        + "{Committed}. {Damaged} were damaged, the rules of {Changed} have changed, and of {Cut} retention has deleted "
        + "records: these start cold")]
    private partial void LogRestored(
        int partition, int series, long bytes, long lowWater, long committed, int damaged, int changed, int cut);

    [LoggerMessage(167, LogLevel.Error,
        "Partition {Partition}: the record of the state topic that says how far it is is damaged, so none of its {Series} "
        + "series can be gone on with. They start cold, as in a new deployment, at the offset of the group")]
    private partial void LogMarkerLost(int partition, int series);
}

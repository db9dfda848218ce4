using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;
using Streaming.Daemon.State;

namespace Streaming.Daemon.Pipeline;

/// <summary>Finds where partitions start: at what is stored or committed, else where the configuration says.</summary>
/// <remarks>
/// What the configuration says is looked up once: the place becomes the first commit, and whoever owns the partition then
/// goes by that. An owner that ends before its first commit leaves no trace; the next one looks again, finds a later end
/// of the log, and says so. Of a partition that is stored the marker is the truth; the group's offset may have expired,
/// but must not say anything else. With each offset the group keeps how many partitions the topic had when it began: one
/// that came later is not read where that moves series away from their state, and read from its beginning elsewhere.
/// </remarks>
internal sealed partial class PartitionStarts(
    LaneInput input, ProcessLife life, IKafkaPort port, TimeProvider clock, ILogger logger)
{
    private static readonly TimeSpan AskTimeout = TimeSpan.FromSeconds(5);

    /// <summary>What the group has committed, of the partitions that the topic had at the start and of one
    /// more.</summary>
    /// <exception cref="KafkaPortException">The brokers refuse to say, or can't (retriable).</exception>
    public PartitionOffset?[] Committed(int partition) =>
        port.Committed([.. Enumerable.Range(0, Math.Max(input.Partitions, partition + 1))], AskTimeout);

    /// <summary>Where a partition starts.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="all">What the group has committed, by partition.</param>
    /// <param name="before">The task that this lane has dropped; its place counts where none is committed, and its reading
    /// goes on. Null: it comes from elsewhere.</param>
    /// <param name="marker">How far it is, where it is stored.</param>
    /// <exception cref="KafkaPortException">The brokers refuse to say, or can't (retriable).</exception>
    /// <exception cref="KafkaSetupException">The output has fewer partitions than are forecast from.</exception>
    /// <exception cref="InvalidOperationException">The group has committed what the log does not reach, or has spread
    /// records over another number of partitions.</exception>
    public StartPlace Find(int partition, PartitionOffset?[] all, IPartitionTask? before, Marker? marker)
    {
        (long low, long high) = port.Watermarks(partition, AskTimeout);
        int begunWith = BegunWith(all);
        if (partition >= begunWith && !input.MayGrow)
        {
            return Refuse(partition, low, begunWith);
        }

        PartitionOffset? committed = all[partition];
        (long from, long newFrom, long liveFrom) =
            marker is not null ? Resume(partition, marker, low, high)
            : committed is { } next ? Rejoin(next, low, high)
            : before is not null ? (before.Place.ReadFrom, before.Place.NewFrom, before.Place.LiveFrom)
            : partition < begunWith ? Decide(partition, low, high)
            : DecideLater(partition, low);
        Reading reading = before?.Reading
            ?? Read(partition, committed?.Attempt, [.. committed?.Skipped ?? [], .. marker?.Skipped ?? []], from, high, begunWith);
        var place = new StartPlace(from, newFrom, liveFrom, committed?.Offset, reading);
        Tell(partition, place, committed?.Attempt);
        return place;
    }

    /// <summary>Partitions that the topic had when the group began to read it.</summary>
    /// <param name="committed">What the group has committed.</param>
    private int BegunWith(PartitionOffset?[] committed)
    {
        int partitions = committed.Min(place => place?.BegunWith) ?? input.Partitions;
        return input.Output is { } output && output.Partitions < partitions
            ? throw KafkaSetupException.OfPartitions(output.Topic, output.Partitions, "input", input.Topic, partitions)
            : partitions;
    }

    private StartPlace Refuse(int partition, long low, int begunWith)
    {
        string why = $"topic {input.Topic} has grown: partition {partition} is not read, for the group '{input.Group}' "
            + $"began with {begunWith} and series would leave their state behind; to read it choose another "
            + "Application or run 'forecaster reset', as the README says under \"When the input grows\"";
        LogGrown(why);
        var skips = new SkippedOffsets([], input.Topic, partition, null, low);
        var probation = Probation.Of(null, low, low, DaemonVersion.Text, life.Name, skips);
        return new(low, low, low, Committed: null, new(probation, skips, begunWith, why));
    }

    private Reading Read(
        int partition, Attempt? attempt, IReadOnlyList<long> skipped, long readFrom, long end, int begunWith)
    {
        var skips = new SkippedOffsets(input.Skip, input.Topic, partition, [.. skipped.Distinct().Order()], readFrom);
        return new(Probation.Of(attempt, readFrom, end, DaemonVersion.Text, life.Name, skips), skips, begunWith);
    }

    /// <summary>A partition that is stored: read again from low water, up to what is committed.</summary>
    private (long From, long NewFrom, long LiveFrom) Resume(int partition, Marker marker, long low, long high)
    {
        if (marker.Committed > high)
        {
            throw MadeAnew(partition, marker.Committed, high);
        }

        if (marker.LowWater.Offset < low && !marker.LowWater.IsBeforeAll)
        {
            LogRetentionAte(input.Topic, partition, low - marker.LowWater.Offset, low);
        }

        long from = Math.Max(marker.LowWater.Offset, low), newFrom = Math.Max(marker.Committed, low);
        return (from, newFrom, Math.Max(marker.LiveFrom, newFrom));
    }

    /// <summary>A partition that the group has read, but of which nothing is stored: its history is read as a new
    /// deployment reads it, up to where the group is. Where records are repartitioned there is none.</summary>
    private (long From, long NewFrom, long LiveFrom) Rejoin(PartitionOffset next, long low, long high)
    {
        long offset = Reach(next, low, high);
        if (input.SpreadPartitions is not { } partitions)
        {
            long from = Math.Min(Start(next.Partition, low, high), offset);
            return (from, offset, offset);
        }

        RepartitionNote note = next.Repartition ?? new(partitions, offset); // null: an offset that was set by hand
        return note.Partitions == partitions
            ? (offset, offset, note.LiveFrom)
            : throw new InvalidOperationException(
                $"Topic {input.Group} has {partitions} partitions, but '{input.Topic}' has been repartitioned to "
                + $"{note.Partitions} so far: series would change their partition and start anew. Make it with "
                + $"{note.Partitions} partitions again, run 'forecaster reset', or choose another Application.");
    }

    /// <summary>The first place of a partition: nobody has read it for the group yet.</summary>
    private (long From, long NewFrom, long LiveFrom) Decide(int partition, long low, long high)
    {
        long start = Start(partition, low, high);
        long liveFrom = input.Emit == EmitMode.All ? start : high;
        LogDecided(input.Topic, partition, input.Start, OptionNames.Of(input.Emit), start, liveFrom);
        return (start, start, liveFrom);
    }

    /// <summary>The first place of a partition that the topic has gained: its beginning, since all of it was written
    /// while the group read.</summary>
    private (long From, long NewFrom, long LiveFrom) DecideLater(int partition, long low)
    {
        LogGained(input.Topic, partition, low);
        return (low, low, low);
    }

    private long Start(int partition, long low, long high) => StartPoint.Find(
        input.Start, low, high, clock.GetUtcNow(), timeMs => port.OffsetAt(partition, timeMs, AskTimeout));

    private long Reach(PartitionOffset next, long low, long high)
    {
        if (next.Offset < low)
        {
            LogRetentionAte(input.Topic, next.Partition, low - next.Offset, low);
            return low;
        }

        return next.Offset <= high ? next.Offset : throw MadeAnew(next.Partition, next.Offset, high);
    }

    private InvalidOperationException MadeAnew(int partition, long committed, long high) => new(
        $"Topic {input.Topic}, partition {partition}: the group '{input.Group}' has committed offset {committed}, but the "
        + $"log ends at {high}. The topic was made anew: choose another Application, or run 'forecaster reset', which "
        + "drops the group's offsets and the state.");

    private void Tell(int partition, StartPlace place, Attempt? attempt)
    {
        if (place.Reading.StoppedAt is { } stopped)
        {
            LogStopped(input.Topic, partition, stopped.Offset, stopped);
            return;
        }

        LogOpened(input.Topic, partition, place.ReadFrom, place.LiveFrom);
        if (place.Reading.Probation.IsCareful && attempt is { } ended && ended.Process != life.Name)
        {
            LogCareful(input.Topic, partition, ended.At);
        }
    }

    [LoggerMessage(120, LogLevel.Information,
        "'{Topic}', partition {Partition}: reading from {Start}, silently up to {LiveFrom}")]
    private partial void LogOpened(string topic, int partition, long start, long liveFrom);

    [LoggerMessage(124, LogLevel.Warning,
        "'{Topic}', partition {Partition}: its owner was ended without a stop, or lost it, and had got to offset "
        + "{Offset}. Reading on with more commits from there, to find out whether a record does it")]
    private partial void LogCareful(string topic, int partition, long offset);

    [LoggerMessage(125, LogLevel.Error,
        "Topic {Topic}, partition {Partition}: the record at offset {Offset} ends the process: it was in hand, alone, at "
        + "two ends without being got past. The partition is stopped there; the others go on. To pass over the record "
        + "add '{Place}' to Input:Skip; a new version of the daemon tries it again")]
    private partial void LogStopped(string topic, int partition, long offset, SkipPlace place);

    [LoggerMessage(121, LogLevel.Error,
        "'{Topic}', partition {Partition}: {Lost} records were deleted by retention before they were read; going on at "
        + "{Low}. Raise the topic's retention or add lanes")]
    private partial void LogRetentionAte(string topic, int partition, long lost, long low);

    [LoggerMessage(128, LogLevel.Error, "A partition is left alone: {Why}")]
    private partial void LogGrown(string why);

    [LoggerMessage(127, LogLevel.Information,
        "'{Topic}', partition {Partition} has come since the group began, and is read from its beginning, {Low}")]
    private partial void LogGained(string topic, int partition, long low);

    [LoggerMessage(123, LogLevel.Information,
        "'{Topic}', partition {Partition} has no committed offset. Input:Start {Start} is offset {Offset}; with "
        + "Output:Emit {Emit}, forecasts begin at {LiveFrom}. Until that is committed, a restart looks again")]
    private partial void LogDecided(
        string topic, int partition, string start, string emit, long offset, long liveFrom);
}

using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;
using Streaming.Daemon.Serving;

namespace Streaming.Daemon.Pipeline;

/// <summary>Finds where partitions start: at what the group has committed, else where the configuration says.</summary>
/// <remarks>
/// What the configuration says is looked up once: the place becomes the first commit, history included, and whoever
/// owns the partition then goes by that. An owner that ends before its first commit leaves no trace; the next one looks
/// again, finds a later end of the log, and says so. With each offset the group keeps how many partitions the topic had
/// when it began: one that came later is not read where that moves series away from their state, and read from its
/// beginning elsewhere.
/// </remarks>
internal sealed partial class PartitionStarts(
    LaneInput input, ProcessLife life, IKafkaPort port, LaneHealth health, TimeProvider clock, ILogger logger)
{
    private static readonly TimeSpan AskTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AskPatience = TimeSpan.FromMinutes(3); // below max.poll.interval.ms

    /// <summary>Where partitions start that come to this lane.</summary>
    /// <param name="partitions">The partitions.</param>
    /// <param name="dropped">For each, the task that this lane drops; empty: they come from elsewhere. Its first place
    /// counts where none is committed, and its reading goes on.</param>
    /// <exception cref="KafkaPortException">The brokers refuse to say, or have not for three minutes.</exception>
    /// <exception cref="KafkaSetupException">The output has fewer partitions than are forecast from.</exception>
    /// <exception cref="InvalidOperationException">The group has committed what the log does not reach, or has spread
    /// records over another number of partitions.</exception>
    public StartPlace[] Find(int[] partitions, IReadOnlyList<IPartitionTask> dropped)
    {
        int[] all = [.. partitions, .. Enumerable.Range(0, input.Partitions).Except(partitions)];
        PartitionOffset?[] committed = Ask(() => port.Committed(all, AskTimeout));
        int begunWith = BegunWith(committed);
        var places = new StartPlace[partitions.Length];
        for (int i = 0; i < partitions.Length; i++)
        {
            int partition = partitions[i];
            (long low, long high) = Ask(() => port.Watermarks(partition, AskTimeout));
            if (partition >= begunWith && !input.MayGrow)
            {
                places[i] = Refuse(partition, low, begunWith);
                continue;
            }

            IPartitionTask? before = dropped.Count > 0 ? dropped[i] : null;
            PartitionOffset next = committed[i] ?? before?.FirstCommit
                ?? (partition < begunWith ? Decide(partition, low, high) : DecideLater(partition, low));
            (long readFrom, long liveFrom, long? historyFrom) = Place(next, Reach(next, low, high), low);
            Reading reading = before?.Reading ?? Read(next, readFrom, high, begunWith);
            places[i] = new(readFrom, liveFrom, historyFrom, committed[i]?.Offset, reading);
            Tell(partition, places[i], next.Attempt);
        }

        return places;
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
            + "Application, as the README says under \"When the input grows\"";
        LogGrown(why);
        var skips = new SkippedOffsets([], input.Topic, partition, null, low);
        var probation = Probation.Of(null, low, low, DaemonVersion.Text, life.Name, skips);
        return new(low, low, HistoryFrom: null, Committed: null, new(probation, skips, begunWith, why));
    }

    private Reading Read(PartitionOffset next, long readFrom, long end, int begunWith)
    {
        var skips = new SkippedOffsets(input.Skip, input.Topic, next.Partition, next.Skipped, readFrom);
        return new(Probation.Of(next.Attempt, readFrom, end, DaemonVersion.Text, life.Name, skips), skips, begunWith);
    }

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

    /// <param name="next">What is committed, or decided.</param>
    /// <param name="offset">Its offset, as far as the log still has it.</param>
    /// <param name="low">First offset of the log.</param>
    private (long ReadFrom, long LiveFrom, long? HistoryFrom) Place(PartitionOffset next, long offset, long low)
    {
        if (input.SpreadPartitions is not { } partitions)
        {
            long restoreFrom = offset - input.RestoreRecords;
            long readFrom = Math.Max(low, Math.Min(restoreFrom, next.HistoryFrom ?? restoreFrom));
            return (readFrom, offset, next.HistoryFrom);
        }

        RepartitionNote note = next.Repartition ?? new(partitions, offset); // null: an offset that was set by hand
        return note.Partitions == partitions
            ? (offset, note.LiveFrom, null)
            : throw new InvalidOperationException(
                $"Topic {input.Group} has {partitions} partitions, but '{input.Topic}' has been repartitioned to "
                + $"{note.Partitions} so far: series would change their partition and start anew. Make it with "
                + $"{note.Partitions} partitions again, or choose another Application.");
    }

    /// <summary>The first place of a partition: nobody has read it for the group yet.</summary>
    private PartitionOffset Decide(int partition, long low, long high)
    {
        long start = Math.Clamp(Start(partition, low, high), low, high);
        long liveFrom = input.Emit == EmitMode.All ? start : high;
        LogDecided(input.Topic, partition, input.Start, OptionNames.Of(input.Emit), start, liveFrom);
        return input.SpreadPartitions is { } partitions
            ? new(partition, start, Repartition: new(partitions, liveFrom))
            : new(partition, liveFrom, start < liveFrom ? start : null);
    }

    /// <summary>The first place of a partition that the topic has gained: its beginning, since all of it was written
    /// while the group read.</summary>
    private PartitionOffset DecideLater(int partition, long low)
    {
        LogGained(input.Topic, partition, low);
        return new(partition, low, Repartition: new(input.SpreadPartitions!.Value, low));
    }

    private long Start(int partition, long low, long high)
    {
        if (!StartPoint.TryParseAge(input.Start, out TimeSpan age))
        {
            return StartPoint.IsEarliest(input.Start) ? low : high;
        }

        long fromMs = Math.Max(0, (clock.GetUtcNow() - age).ToUnixTimeMilliseconds());
        return Ask(() => port.OffsetAt(partition, fromMs, AskTimeout)) ?? high;
    }

    private long Reach(PartitionOffset next, long low, long high)
    {
        if (next.Offset < low)
        {
            LogRetentionAte(input.Topic, next.Partition, low - next.Offset, low);
            return low;
        }

        return next.Offset <= high
            ? next.Offset
            : throw new InvalidOperationException(
                $"Topic {input.Topic}, partition {next.Partition}: the group '{input.Group}' has committed "
                + $"offset {next.Offset}, but the log ends at {high}. The topic was made anew: choose another "
                + "Application, or delete the group's offsets.");
    }

    /// <summary>Asks until the brokers answer; the group waits for us meanwhile.</summary>
    private T Ask<T>(Func<T> question)
    {
        long end = Environment.TickCount64 + (long)AskPatience.TotalMilliseconds;
        while (true)
        {
            try
            {
                return question();
            }
            catch (KafkaPortException e) when (e.Retriable && Environment.TickCount64 < end)
            {
                health.Waiting($"offsets: {e.Message}");
                Thread.Sleep(200);
            }
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

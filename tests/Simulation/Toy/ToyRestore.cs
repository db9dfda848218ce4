using Simulation.Schedules;
using Streaming.Daemon.Kafka;

namespace Simulation.Toy;

/// <summary>Brings one partition's state back, a little at each turn, while the others flow on.</summary>
/// <remarks>
/// Order: committed offset, once it is stable → models to their end → end E of the state partition, open transactions
/// included → states, committed ones, until the position is at E. Once the offset is stable, nobody else can commit for
/// this partition any more; what they committed before lies below E; and the position passes the records of a
/// transaction only once its mark is there.
/// </remarks>
internal sealed class ToyRestore(int partition, ToyLane lane, IKafkaPort port)
{
    private const long Unknown = -1;
    private const int MostDisagreements = 3;

    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(50);

    private readonly ToyRestored restored = new();
    private PartitionOffset? committed;
    private Step step = lane.Bugs.HasFlag(ToyBugs.EndBeforeCommitted) ? Step.End : Step.Committed;
    private long end = Unknown;
    private long modelsEnd = Unknown;
    private int disagreements;

    private enum Step
    {
        Committed,
        Models,
        End,
        States,
    }

    public int Partition => partition;

    /// <summary>Takes a record of the state partition.</summary>
    public void Take(RecordBatch batch, int i) =>
        restored.Take(batch.Key(i), batch.Value(i), batch.IsValueNull(i));

    /// <summary>The reader has met the log's end, which says little: see <see cref="ToyBugs.StopAtEof"/>.</summary>
    public void ReachEnd()
    {
        end = lane.Bugs.HasFlag(ToyBugs.StopAtEof) ? 0 : end;
    }

    /// <summary>Goes on as far as it gets.</summary>
    /// <returns>The task, once its state is back.</returns>
    public ToyTask? TryFinish()
    {
        try
        {
            while (TryStep())
            {
            }
        }
        catch (KafkaPortException e) when (e.Retriable)
        {
            return null;
        }

        return step == Step.States && lane.States.Position(partition) >= end ? FinishIfAgreed() : null;
    }

    /// <summary>Stops reading, when the partition is gone or done.</summary>
    public void Close() => lane.States.Close(partition);

    private bool TryStep()
    {
        switch (step)
        {
            case Step.Committed:
                committed = port.Committed([partition], Timeout)[0];
                step = modelsEnd == Unknown ? Step.Models : Step.States;
                return true;
            case Step.Models:
                modelsEnd = modelsEnd == Unknown ? port.Watermarks(ToyTopics.Models, 0, Timeout).High : modelsEnd;
                if (lane.Versions.Position < modelsEnd)
                {
                    return false;
                }

                step = end == Unknown ? Step.End : Step.States;
                return true;
            case Step.End:
                (long low, end) = port.Watermarks(ToyTopics.State, partition, Timeout);
                lane.States.Open(partition, low);
                step = lane.Bugs.HasFlag(ToyBugs.EndBeforeCommitted) ? Step.Committed : Step.States;
                return true;
            default:
                return false;
        }
    }

    /// <summary>The marker, not the group, is the truth; but the group must not say anything else.</summary>
    /// <remarks>A process that stood still since it asked the group finds a newer marker here, its successor's. So it
    /// asks
    /// again, after a poll, in which it would hear that the partition is gone. An older marker has no excuse.</remarks>
    private ToyTask? FinishIfAgreed()
    {
        ToyMarker marker = restored.Marker ?? new(0, 0, default, []);
        if (committed is { } place && place.Offset != marker.Committed)
        {
            bool isStale = place.Offset < marker.Committed && ++disagreements < MostDisagreements;
            step = isStale ? Step.Committed : throw new InvalidOperationException(
                $"Partition {partition}: the group has committed {place.Offset}, the marker says {marker.Committed}.");
            return null;
        }

        lane.Events.Note(RareEvent.Restore);
        if (committed is null && restored.Marker is not null)
        {
            lane.Events.Note(RareEvent.RestoreWithoutOffset);
        }

        return new ToyTask(partition, restored, marker, lane);
    }
}

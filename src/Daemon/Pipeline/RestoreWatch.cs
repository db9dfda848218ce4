using Prometheus;

namespace Streaming.Daemon.Pipeline;

/// <summary>Measures how long partitions take from their assignment until they are live. Lane's thread only.</summary>
/// <param name="duration">Gets the seconds of each one that comes to its end.</param>
/// <param name="clock">Measures.</param>
internal sealed class RestoreWatch(Histogram duration, TimeProvider clock)
{
    private readonly Dictionary<int, long> since = [];

    /// <summary>Looks how far they are; costs two comparisons while all are live.</summary>
    /// <param name="tasks">Tasks that have begun.</param>
    /// <param name="opening">Partitions whose tasks have not.</param>
    public void Look(IEnumerable<IPartitionTask> tasks, IReadOnlyCollection<int> opening)
    {
        if (opening.Count == 0 && since.Count == 0)
        {
            return;
        }

        foreach (int partition in opening)
        {
            since.TryAdd(partition, clock.GetTimestamp());
        }

        var onTheirWay = new HashSet<int>(opening);
        foreach (IPartitionTask task in tasks)
        {
            if (task.IsReplaying)
            {
                onTheirWay.Add(task.Partition);
            }
            else if (!task.Reading.IsStopped && since.TryGetValue(task.Partition, out long begun))
            {
                duration.Observe(clock.GetElapsedTime(begun).TotalSeconds);
            }
        }

        foreach (int partition in since.Keys.Where(partition => !onTheirWay.Contains(partition)).ToArray())
        {
            since.Remove(partition); // live now, or gone
        }
    }
}

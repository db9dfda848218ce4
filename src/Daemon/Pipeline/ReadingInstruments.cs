using Prometheus;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Decoding;
using Streaming.Daemon.Serving;

namespace Streaming.Daemon.Pipeline;

/// <summary>What any lane tells about what it reads: health, rebalances, records, refusals, commits.</summary>
internal abstract class ReadingInstruments
{
    private readonly ForecasterMetrics metrics;
    private readonly RestoreWatch restores;
    private readonly string topic;
    private readonly Counter.Child?[] consumed; // by format, from the first record on
    private readonly Counter.Child[] rejected;

    protected ReadingInstruments(ForecasterOptions options, ForecasterMetrics metrics, LaneHealth health)
    {
        (this.metrics, Health) = (metrics, health);
        restores = new(metrics.RestoreDuration, metrics.Clock);
        topic = options.Input.Topic;
        consumed = new Counter.Child?[Enum.GetValues<InputFormat>().Length];
        rejected = [.. Enum.GetValues<RejectReason>().Select(r => metrics.RecordsRejected.WithLabels(r.Name()))];
    }

    /// <summary>Where the lane reports its health.</summary>
    public LaneHealth Health { get; }

    /// <summary>The loop has turned.</summary>
    /// <param name="trouble">What is wrong with the brokers, or null.</param>
    /// <param name="joined">Whether the lane has entered its group.</param>
    /// <param name="tasks">Tasks of the lane.</param>
    /// <param name="opening">Partitions whose tasks have not begun.</param>
    public void Turn(
        string? trouble, bool joined, IEnumerable<IPartitionTask> tasks, IReadOnlyCollection<int> opening)
    {
        restores.Look(tasks, opening);
        if (trouble is not null)
        {
            Health.Waiting(trouble);
            return;
        }

        if (!joined)
        {
            Health.Joining();
            return;
        }

        if (tasks.FirstOrDefault(task => task.Reading.IsStopped)?.Reading.WhyStopped is { } why)
        {
            Health.Waiting(why);
            return;
        }

        IPartitionTask? replaying = tasks.FirstOrDefault(task => task.IsReplaying);
        if (replaying is not null || opening.Count > 0)
        {
            Health.Restoring(replaying?.Partition ?? opening.First());
        }
        else
        {
            Health.Running();
        }
    }

    public void Rebalanced(string type) => metrics.Rebalances.WithLabels(type).Inc();

    public void Rejected(RejectReason reason)
    {
        rejected[(int)reason].Inc();
        if (reason == RejectReason.Late)
        {
            metrics.LateRecords.Inc();
        }
    }

    /// <summary>Counts records of the input, of one format.</summary>
    /// <returns>Whether they are the first of it.</returns>
    public bool Consumed(InputFormat format, int records)
    {
        bool isFirst = consumed[(int)format] is null;
        (consumed[(int)format] ??= metrics.RecordsConsumed.WithLabels(topic, OptionNames.Of(format))).Inc(records);
        return isFirst;
    }

    public void CommitFailed() => metrics.Commits.WithLabels("failed").Inc();

    /// <param name="result">committed or aborted.</param>
    public void TransactionEnded(string result) => metrics.Transactions.WithLabels(result).Inc();

    /// <summary>What was produced since the last commit was lost, or will be produced again.</summary>
    public abstract void Lost();

    /// <summary>All that was produced is acknowledged and committed.</summary>
    protected void CountCommit() => metrics.Commits.WithLabels("ok").Inc();
}

namespace Streaming.Daemon.Kafka;

/// <summary>Waits at start until the brokers answer and all topics are there, and checks their partitions.</summary>
internal sealed partial class KafkaWaiter(IClusterMetadata cluster, TimeProvider clock, ILogger logger)
{
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private volatile string? _waitingFor;

    /// <summary>What is waited for, for readiness; null before and after. Any thread may read it.</summary>
    public string? WaitingFor => _waitingFor;

    /// <summary>Waits without end, in pauses that double from 250 ms to 10 s.</summary>
    /// <returns>What the brokers say of them.</returns>
    /// <exception cref="KafkaSetupException">The output or state topic has another number of partitions than the topic that
    /// is forecast from, or that is compacted, or the state topic is not. Fewer than the input pass: that may have grown,
    /// which the lanes find out.</exception>
    /// <exception cref="OperationCanceledException">Cancelled, at the latest one request (5 s) ago.</exception>
    public async Task<FoundTopics> WaitAsync(TopicNames topics, CancellationToken cancellation)
    {
        TimeSpan pause = FirstPause;
        while (true)
        {
            (string? missing, FoundTopics? found) =
                await Task.Run(() => Look(topics), cancellation).ConfigureAwait(false);
            if (found is not null)
            {
                _waitingFor = null;
                return found;
            }

            if (missing != _waitingFor)
            {
                LogWaiting(missing!);
                _waitingFor = missing;
            }

            await Task.Delay(pause, clock, cancellation).ConfigureAwait(false);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private (string? Missing, FoundTopics? Found) Look(TopicNames topics)
    {
        try
        {
            (string? missing, TopicPartitions partitions) = Count(topics);
            return missing is null ? (null, Describe(topics, partitions)) : (missing, null);
        }
        catch (KafkaPortException exception) when (exception.Retriable)
        {
            return ($"no broker answers: {exception.Message}", null);
        }
    }

    private FoundTopics Describe(TopicNames topics, TopicPartitions partitions)
    {
        TopicDescription? input = RequireUncompacted(topics.Input);
        TopicDescription? source = topics.Repartition is null ? input : RequireUncompacted(topics.Forecast);
        RequireCompacted(topics.State, "states that are in force");
        RequireCompacted(topics.Models, "the version in force");
        return new(partitions, cluster.ClusterId(RequestTimeout), source?.Id ?? "");
    }

    /// <summary>A topic that keeps but the last record of each key lacks what forecasts depend on.</summary>
    private TopicDescription? RequireUncompacted(string topic)
    {
        TopicDescription? description = cluster.Describe(topic, RequestTimeout);
        return description?.IsCompacted == true
            ? throw KafkaSetupException.OfCompacted(topic)
            : description;
    }

    /// <summary>A topic whose old records are deleted would lose what is in force.</summary>
    private void RequireCompacted(string topic, string kept)
    {
        if (cluster.Describe(topic, RequestTimeout)?.CleanupPolicy is not (null or "compact"))
        {
            throw KafkaSetupException.OfDeleting(topic, kept);
        }
    }

    private (string? Missing, TopicPartitions Partitions) Count(TopicNames topics)
    {
        IReadOnlyDictionary<string, int> counts = cluster.PartitionCounts(RequestTimeout);
        if (!counts.TryGetValue(topics.Input, out int inputPartitions))
        {
            return ($"input topic '{topics.Input}' does not exist, or may not be read by this user", default);
        }

        if (!counts.TryGetValue(topics.Forecast, out int partitions))
        {
            return (
                $"repartition topic '{topics.Forecast}' does not exist: create it with the number of partitions that "
                + "it shall always have, and cleanup.policy=delete", default);
        }

        if (!counts.TryGetValue(topics.Output, out int outputPartitions))
        {
            return ($"output topic '{topics.Output}' does not exist: create it with {partitions} partitions", default);
        }

        if (!counts.TryGetValue(topics.State, out int statePartitions))
        {
            return (
                $"state topic '{topics.State}' does not exist: create it with {outputPartitions} partitions and "
                + "cleanup.policy=compact", default);
        }

        RequireSame(topics, partitions, outputPartitions);
        if (statePartitions != outputPartitions && statePartitions != partitions)
        {
            throw KafkaSetupException.OfState(topics.State, statePartitions, topics.Output, outputPartitions);
        }

        if (!counts.ContainsKey(topics.DeadLetters))
        {
            cluster.Ask(topics.DeadLetters, RequestTimeout);
            return (
                $"dead-letter topic '{topics.DeadLetters}' does not exist: create it with any number of partitions",
                default);
        }

        if (!counts.ContainsKey(topics.Models))
        {
            return (
                $"models topic '{topics.Models}' does not exist: create it with 1 partition and cleanup.policy=compact",
                default);
        }

        return (null, new(inputPartitions, partitions, outputPartitions));
    }

    private static void RequireSame(TopicNames topics, int partitions, int outputPartitions)
    {
        bool mayHaveGrown = topics.Repartition is null && outputPartitions < partitions;
        if (outputPartitions != partitions && !mayHaveGrown)
        {
            throw KafkaSetupException.OfPartitions(
                topics.Output, outputPartitions, topics.Repartition is null ? "input" : "repartition", topics.Forecast,
                partitions);
        }
    }

    [LoggerMessage(110, LogLevel.Warning, "Waiting for Kafka: {Missing}.")]
    private partial void LogWaiting(string missing);
}

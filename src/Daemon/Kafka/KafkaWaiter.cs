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
    /// <returns>Partitions of the input topic.</returns>
    /// <exception cref="KafkaSetupException">The output topic has another number of partitions.</exception>
    /// <exception cref="OperationCanceledException">Cancelled, at the latest one request (5 s) ago.</exception>
    public async Task<int> WaitAsync(
        string input, string output, string deadLetters, CancellationToken cancellation)
    {
        TimeSpan pause = FirstPause;
        while (true)
        {
            (string? missing, int partitions) = await Task.Run(() => Look(input, output, deadLetters), cancellation)
                .ConfigureAwait(false);
            if (missing is null)
            {
                _waitingFor = null;
                return partitions;
            }

            if (missing != _waitingFor)
            {
                LogWaiting(missing);
                _waitingFor = missing;
            }

            await Task.Delay(pause, clock, cancellation).ConfigureAwait(false);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private (string? Missing, int Partitions) Look(string input, string output, string deadLetters)
    {
        IReadOnlyDictionary<string, int> counts;
        try
        {
            counts = cluster.PartitionCounts(RequestTimeout);
        }
        catch (KafkaPortException exception) when (exception.Retriable)
        {
            return ($"no broker answers: {exception.Message}", 0);
        }

        if (!counts.TryGetValue(input, out int partitions))
        {
            return ($"input topic '{input}' does not exist, or may not be read by this user", 0);
        }

        if (!counts.TryGetValue(output, out int outputPartitions))
        {
            return ($"output topic '{output}' does not exist: create it with {partitions} partitions", 0);
        }

        if (outputPartitions != partitions)
        {
            throw new KafkaSetupException(
                $"Output topic '{output}' has {outputPartitions} partitions, input topic '{input}' has {partitions}: "
                + "a forecast goes to the partition of its events, so both need the same number. "
                + $"Create '{output}' with {partitions} partitions, or set Output:Topic to another topic.");
        }

        if (!counts.ContainsKey(deadLetters))
        {
            cluster.Ask(deadLetters, RequestTimeout);
            return ($"dead-letter topic '{deadLetters}' does not exist: create it with any number of partitions", 0);
        }

        return (null, partitions);
    }

    [LoggerMessage(110, LogLevel.Warning, "Waiting for Kafka: {Missing}.")]
    private partial void LogWaiting(string missing);
}

using Confluent.Kafka;
using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Models;

/// <summary>Writes versions to the models topic, each with all that goes with it in one transaction.</summary>
/// <remarks>
/// One at a time in a deployment: all have one transactional id, and who opens fences who was open. One thread. Brokers
/// that are away are waited for, in pauses of 100 ms to 5 s; whatever else fails ends this publisher.
/// </remarks>
/// <param name="port">A transactional port of its own.</param>
/// <param name="topic">The models topic.</param>
/// <param name="follower">Reads the topic, in <paramref name="wait"/> or on another thread.</param>
/// <param name="keptVersions">Versions that the topic keeps.</param>
/// <param name="wait">Lets time pass, about as much as it is told; ends what is under way by throwing.</param>
/// <param name="clock">Dates versions.</param>
/// <param name="records">Makes the records.</param>
/// <param name="logger">Told what went wrong.</param>
internal sealed partial class ModelsPublisher(
    IKafkaPort port, string topic, ModelsFollower follower, int keptVersions, Action<TimeSpan> wait, TimeProvider clock,
    VersionRecords records, ILogger logger)
{
    private const int MostTries = 5;

    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan QueuePause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly ProduceTarget target = port.Target(topic);

    /// <summary>What the topic holds, all that was published here included.</summary>
    public CatalogView View => follower.Catalog.View;

    /// <summary>Becomes the one publisher, and reads the topic to its end: nobody else adds to it from here on.</summary>
    /// <exception cref="PublisherLostException">Kafka refuses, or another one has opened since.</exception>
    public void Open() => Guard(() =>
    {
        Patiently(() => port.InitTransactions(CallTimeout));
        ReadToEnd();
    });

    /// <summary>Publishes a version, puts it in force, takes away what it crowds out; returns once it was read
    /// back.</summary>
    /// <returns>Its id.</returns>
    /// <exception cref="PublisherLostException">The outcome is unknown until the topic is read to its end.</exception>
    public int Publish(NewVersion version)
    {
        CatalogView view = View;
        int id = view.HighestId + 1, previous = view.Champion?.Id ?? 0;
        DateTimeOffset now = clock.GetUtcNow();
        Commit(
        [
            .. records.Of(version, id, now),
            records.Of(new ChampionRecord(id, previous, now, version.Why)),
            .. VersionRetention.CrowdedOut(view, new(id, previous, version.Base == 0), keptVersions)
                .SelectMany(gone => VersionRecords.Gone(gone.Id, gone.Chunks)),
        ]);
        return id;
    }

    /// <summary>Puts a version that is there back in force; returns once that was read back.</summary>
    /// <exception cref="InvalidOperationException">There is no such version.</exception>
    /// <exception cref="PublisherLostException">As for <see cref="Publish"/>.</exception>
    public void RollBack(int id, string why)
    {
        CatalogView view = View;
        if (view.Find(id) is null)
        {
            throw new InvalidOperationException($"There is no version {id} to go back to.");
        }

        Commit([records.Of(new ChampionRecord(id, view.Champion?.Id ?? 0, clock.GetUtcNow(), why))]);
    }

    /// <remarks>To write the same records again is harmless, also where the commit was done although the client says
    /// that the transaction must be aborted: the same keys have the same values then.</remarks>
    private void Commit(IReadOnlyList<ModelsRecord> transaction) => Guard(() =>
    {
        for (int tries = 1; ; tries++)
        {
            try
            {
                port.BeginTransaction();
                Send(transaction);
                Patiently(() => port.CommitTransaction(CallTimeout));
                ReadToEnd();
                return;
            }
            catch (KafkaPortException e) when (e.Abortable && tries < MostTries)
            {
                LogAgain(e.Message);
                Patiently(() => port.AbortTransaction(CallTimeout));
            }
        }
    });

    private void Send(IReadOnlyList<ModelsRecord> transaction)
    {
        long timestampMs = clock.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (ModelsRecord record in transaction)
        {
            while (!port.TryProduce(target, ModelsFollower.Partition, record.Key, record.Value, null, timestampMs))
            {
                port.Flush(QueuePause);
                wait(QueuePause);
            }
        }
    }

    private void ReadToEnd()
    {
        long end = 0;
        Patiently(() => end = port.Watermarks(topic, ModelsFollower.Partition, CallTimeout).High);
        while (!follower.IsCaughtUp(end))
        {
            wait(FirstPause);
        }
    }

    /// <summary>Makes the same call until it is answered: also the one way to learn what became of a commit.</summary>
    private void Patiently(Action call)
    {
        for (TimeSpan pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                call();
                return;
            }
            catch (KafkaPortException e) when (e.Retriable)
            {
                LogWaiting(e.Message);
                wait(pause);
            }
        }
    }

    private static void Guard(Action work)
    {
        try
        {
            work();
        }
        catch (KafkaPortException e)
        {
            throw new PublisherLostException(
                e.Message, e.Code is ErrorCode.Local_Fenced or ErrorCode.InvalidProducerEpoch or ErrorCode.ProducerFenced,
                e);
        }
    }

    [LoggerMessage(220, LogLevel.Warning, "The models topic is waited for: {Reason}")]
    private partial void LogWaiting(string reason);

    [LoggerMessage(221, LogLevel.Warning, "Versions are published again, nothing of them is seen twice: {Reason}")]
    private partial void LogAgain(string reason);
}

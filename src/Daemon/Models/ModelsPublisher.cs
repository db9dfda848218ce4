using Confluent.Kafka;
using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Models;

/// <summary>Writes versions to the models topic, each with all that goes with it in one transaction.</summary>
/// <remarks>
/// One at a time in a deployment: all have one transactional id, and who opens fences who was open. One thread. Brokers
/// that are away are waited for; whatever else fails ends this publisher.
/// </remarks>
/// <param name="port">A transactional port of its own; disposed with this.</param>
/// <param name="topic">The models topic.</param>
/// <param name="reading">Reads the topic.</param>
/// <param name="keptVersions">Versions that the topic keeps.</param>
/// <param name="clock">Dates versions.</param>
/// <param name="records">Makes the records.</param>
/// <param name="logger">Told what went wrong.</param>
internal sealed partial class ModelsPublisher(
    IKafkaPort port, string topic, ModelsReading reading, int keptVersions, TimeProvider clock, VersionRecords records,
    ILogger logger) : IDisposable
{
    private const int MostTries = 5;

    private static readonly TimeSpan QueuePause = TimeSpan.FromMilliseconds(5);

    private readonly ProduceTarget target = port.Target(topic);

    /// <summary>What the topic holds, all that was published here included.</summary>
    public CatalogView View => reading.View;

    /// <summary>Becomes the one publisher, and reads the topic to its end: nobody else adds to it now.</summary>
    /// <exception cref="PublisherLostException">Kafka refuses, or another one has opened since.</exception>
    public void Open() => Guard(() =>
    {
        reading.Patiently(() => port.InitTransactions(ModelsReading.CallTimeout));
        reading.ReadToEnd();
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

    public void Dispose() => port.Dispose();

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
                reading.Patiently(() => port.CommitTransaction(ModelsReading.CallTimeout));
                break;
            }
            catch (KafkaPortException e) when (e.Abortable && tries < MostTries)
            {
                LogAgain(e.Message);
                reading.Patiently(() => port.AbortTransaction(ModelsReading.CallTimeout));
            }
        }

        reading.ReadToEnd();
    });

    private void Send(IReadOnlyList<ModelsRecord> transaction)
    {
        long timestampMs = clock.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (ModelsRecord record in transaction)
        {
            while (!port.TryProduce(target, ModelsFollower.Partition, record.Key, record.Value, null, timestampMs))
            {
                port.Flush(QueuePause);
                reading.Wait(QueuePause);
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
            bool isFenced = e.Code is ErrorCode.Local_Fenced or ErrorCode.InvalidProducerEpoch
                or ErrorCode.ProducerFenced;
            throw new PublisherLostException(e.Message, isFenced, e);
        }
    }

    [LoggerMessage(221, LogLevel.Warning, "Versions are published again, nothing of them is seen twice: {Reason}")]
    private partial void LogAgain(string reason);
}

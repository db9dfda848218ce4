using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Models;

/// <summary>Reads the models topic from its beginning on, into a catalog.</summary>
/// <remarks>One thread turns it, any thread asks how far it is.</remarks>
internal sealed class ModelsFollower : IDisposable
{
    /// <summary>The topic has one partition: versions and what is said of them have one order.</summary>
    public const int Partition = 0;

    private const int BatchRecords = 64;

    private readonly ILogReader reader;
    private readonly RecordBatch batch = new(BatchRecords);
    private readonly Action taken;
    private long position;

    /// <param name="reader">Reads the topic; disposed with this.</param>
    /// <param name="start">First offset that the topic keeps.</param>
    /// <param name="catalog">Takes what is read; nobody else writes to it.</param>
    /// <param name="taken">Called when the catalog has taken records, before the position tells of them.</param>
    public ModelsFollower(ILogReader reader, long start, VersionCatalog catalog, Action? taken = null)
    {
        (this.reader, Catalog, position) = (reader, catalog, start);
        this.taken = taken ?? (() => { });
        reader.Open(Partition, start);
    }

    public VersionCatalog Catalog { get; }

    /// <summary>The catalog holds all that was committed before this offset.</summary>
    public long Position => Volatile.Read(ref position);

    /// <summary>Whether all was read that lies before an end that the brokers told.</summary>
    public bool IsCaughtUp(long end) => Position >= end;

    /// <summary>Reads what is there, waiting up to <paramref name="wait"/> for the first record.</summary>
    /// <exception cref="KafkaPortException">The reader is broken, or the topic has lost what comes next.</exception>
    /// <exception cref="ModelsRefusedException">A later version of the program has written to the topic.</exception>
    public void Turn(TimeSpan wait)
    {
        reader.Poll(batch, wait);
        for (int i = 0; i < batch.Count; i++)
        {
            Catalog.Take(batch.Key(i), batch.Value(i));
        }

        if (batch.Count > 0)
        {
            taken();
        }

        Volatile.Write(ref position, reader.Position(Partition));
    }

    public void Dispose() => reader.Dispose();
}

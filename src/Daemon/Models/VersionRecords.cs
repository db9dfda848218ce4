using System.Runtime.InteropServices;

namespace Streaming.Daemon.Models;

/// <summary>Turns versions into records of the models topic: pieces first, the manifest after them.</summary>
internal sealed class VersionRecords(int chunkBytes = VersionRecords.ChunkBytes)
{
    /// <summary>Weights in one record: with its frame a value stays below 512 KiB.</summary>
    public const int ChunkBytes = 511 << 10;

    private const int MaxWhyLength = 500;

    private readonly ModelsCodec codec = new();

    /// <summary>The records of a version.</summary>
    /// <param name="version">What is published.</param>
    /// <param name="id">The id that it gets.</param>
    /// <param name="now">The time, UTC.</param>
    /// <exception cref="ArgumentException">They make more than <see cref="ModelsKey.MaxChunks"/> pieces.</exception>
    public List<ModelsRecord> Of(NewVersion version, int id, DateTimeOffset now)
    {
        byte[] bytes = MemoryMarshal.AsBytes<float>(version.Parameters.Values).ToArray();
        var records = new List<ModelsRecord>();
        foreach (byte[] chunk in bytes.Chunk(chunkBytes))
        {
            byte[] key = new ModelsKey(id, records.Count).ToBytes();
            records.Add(new(key, codec.WriteChunk(key, chunk)));
        }

        if (records.Count > ModelsKey.MaxChunks)
        {
            throw new ArgumentException($"{bytes.Length} bytes of weights are too many to publish.", nameof(version));
        }

        records.Add(Of(new ModelsKey(id), new VersionManifest
        {
            Id = id,
            Form = version.Form,
            Chunks = records.Count,
            Bytes = bytes.Length,
            Hash = VersionManifest.HashOf(version.Parameters),
            Base = version.Base,
            Time = now,
            Why = Short(version.Why),
        }));
        return records;
    }

    /// <summary>The record that puts a version in force.</summary>
    public ModelsRecord Of(ChampionRecord champion) =>
        Of(ModelsKey.Champion, champion with { Why = Short(champion.Why) });

    /// <summary>The records that take a version away: the manifest first.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="chunks">Pieces that it has at most.</param>
    public static IEnumerable<ModelsRecord> Gone(int id, int chunks) =>
    [
        new(new ModelsKey(id).ToBytes(), null),
        .. Enumerable.Range(0, chunks).Select(chunk => new ModelsRecord(new ModelsKey(id, chunk).ToBytes(), null)),
    ];

    private ModelsRecord Of<T>(ModelsKey key, T record)
        where T : class
    {
        byte[] bytes = key.ToBytes();
        return new(bytes, codec.WriteText(bytes, record));
    }

    private static string Short(string why) => why.Length <= MaxWhyLength ? why : why[..MaxWhyLength];
}

using Streaming.Daemon.Models;
using Streaming.Daemon.Pipeline;
using Streaming.Inference.Model;
using Streaming.Inference.Series;

namespace Daemon.Tests.Models;

/// <summary>A models topic in memory, of small networks in small pieces.</summary>
internal sealed class ModelsLog
{
    private const int ChunkBytes = 1_000;

    public static readonly DateTimeOffset Time = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    public static readonly ForecasterSettings Settings =
        PipelineServices.SettingsOf(new() { Model = new() { Hidden = 5, Horizons = [1, 3], LagSteps = 4 } });

    public static readonly ModelShape Shape = Settings.ShapeOf(hidden: 5, layers: 2);

    public static readonly NetworkForm Form = NetworkForm.Of(Shape, Settings);

    private readonly VersionRecords records = new(ChunkBytes);

    public List<ModelsRecord> Records { get; } = [];

    public static ModelParameters Parameters(int seed, ModelShape? shape = null) =>
        ModelInitializer.Create(shape ?? Shape, seed);

    /// <summary>What a trainer publishes: a version that is in force from then on.</summary>
    public ModelsLog Publish(int id, int? seed = null, bool isGiven = true)
    {
        Records.AddRange(records.Of(new(Parameters(seed ?? id), Form, isGiven ? 0 : id - 1, "test"), id, Time));
        return PutInForce(id, id - 1);
    }

    public ModelsLog PutInForce(int id, int previous = 0)
    {
        Records.Add(records.Of(new ChampionRecord(id, previous, Time, "test")));
        return this;
    }

    public ModelsLog Drop(int id)
    {
        Records.AddRange(VersionRecords.Gone(id, ChunksOf(id)));
        return this;
    }

    /// <summary>Pieces that a version was published in.</summary>
    public int ChunksOf(int id) => Records.Select(record => KeyOf(record))
        .Where(key => key.Version == id).Max(key => key.Chunk ?? -1) + 1;

    /// <summary>What a reader of the topic knows then.</summary>
    public VersionCatalog Read() => Read(Records);

    public static VersionCatalog Read(IEnumerable<ModelsRecord> records)
    {
        var catalog = new VersionCatalog();
        foreach (ModelsRecord record in records)
        {
            catalog.Take(record.Key, record.Value);
        }

        return catalog;
    }

    public static ModelsKey KeyOf(ModelsRecord record)
    {
        Assert.True(ModelsKey.TryRead(record.Key, out ModelsKey key));
        return key;
    }
}

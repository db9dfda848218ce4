using System.Buffers;
using System.Text;
using CsCheck;
using Streaming.Daemon.Models;
using Streaming.Daemon.State;

namespace Daemon.Tests.Models;

public sealed class VersionCatalogTests
{
    private const int Ids = 4;

    /// <summary>What a topic may come to hold: versions published, also again, put in force and taken away.</summary>
    private static readonly Gen<ModelsLog> Logs = Gen.Select(Gen.Int[0, 3], Gen.Int[1, Ids]).Array[1, 8].Select(acts =>
    {
        var log = new ModelsLog();
        foreach ((int act, int id) in acts)
        {
            bool isKnown = log.Read().View.Versions.ContainsKey(id);
            _ = act switch
            {
                0 when isKnown => log.PutInForce(id),
                1 when isKnown => log.Drop(id),
                _ => log.Publish(id),
            };
        }

        return log;
    });

    [Fact]
    public void Take_AnyPrefix_KnowsWholeVersionsOnly() => Logs.Sample(
        log =>
        {
            var catalog = new VersionCatalog();
            foreach (ModelsRecord record in log.Records)
            {
                catalog.Take(record.Key, record.Value);
                AssertWhole(catalog);
            }

            Assert.Equal(0, catalog.View.Damaged);
            Assert.All(catalog.View.Versions.Values, version => Assert.NotNull(version.Whole));
        },
        iter: 100, threads: 1);

    /// <summary>Compaction may take away any record that is not the last of its key, here or there; in the end also a
    /// null with all that came before it.</summary>
    [Fact]
    public void Take_CompactedInPart_EndsWithTheSame() => Gen.Select(Logs, Gen.Int).Sample(
        (log, seed) =>
        {
            var random = new Random(seed);
            var lasts = log.Records.GroupBy(record => Encoding.UTF8.GetString(record.Key))
                .ToDictionary(same => same.Key, same => same.Last());
            var gone = lasts.Where(last => last.Value.Value is null && random.Next(2) == 0)
                .Select(last => last.Key).ToHashSet();
            var catalog = new VersionCatalog();
            foreach (ModelsRecord record in log.Records)
            {
                string key = Encoding.UTF8.GetString(record.Key);
                if (!gone.Contains(key) && (lasts[key] == record || random.Next(2) == 0))
                {
                    catalog.Take(record.Key, record.Value);
                    AssertWhole(catalog);
                }
            }

            AssertSame(log.Read(), catalog);
        },
        iter: 100, threads: 1);

    /// <summary>Each record may be lost or damaged: what is known then is still whole.</summary>
    [Fact]
    public void Take_RecordsDamagedOrInAnyOrder_KnowsWholeVersionsOnly() => Gen.Select(Logs, Gen.Int).Sample(
        (log, seed) =>
        {
            var random = new Random(seed);
            var catalog = new VersionCatalog();
            ModelsRecord[] records = [.. log.Records];
            random.Shuffle(records);
            int damaged = 0;
            foreach (ModelsRecord record in records)
            {
                byte[]? value = record.Value;
                if (value is not null && random.Next(8) == 0)
                {
                    value = [.. value];
                    value[random.Next(value.Length)] ^= 0x10;
                    damaged++;
                }

                catalog.Take(record.Key, value);
                AssertWhole(catalog);
            }

            Assert.Equal(damaged, catalog.View.Damaged);
        },
        iter: 100, threads: 1);

    [Fact]
    public void Take_PublishedAgain_KeepsThePackedWeights()
    {
        ModelsLog log = new ModelsLog().Publish(1);
        VersionCatalog catalog = log.Read();
        var packed = catalog.Find(1);

        foreach (ModelsRecord record in log.Records.Where(record => ModelsLog.KeyOf(record).Chunk is not null))
        {
            catalog.Take(record.Key, record.Value);
        }

        Assert.NotNull(packed);
        Assert.Same(packed, catalog.Find(1));
        Assert.Same(packed, catalog.Champion);
    }

    [Fact]
    public void Take_VersionGone_IsUnknownAndItsIdStaysTaken()
    {
        VersionCatalog catalog = new ModelsLog().Publish(1).Publish(2).PutInForce(1).Drop(2).Read();

        Assert.Null(catalog.Find(2));
        Assert.Equal([1], catalog.View.Versions.Keys);
        Assert.Equal(2, catalog.View.HighestId);
        Assert.Equal("lstm@1", catalog.Champion?.Name);
    }

    [Fact]
    public void Take_ForeignRecord_IsCountedAndPassedOver()
    {
        VersionCatalog catalog = new ModelsLog().Publish(1).Read();

        catalog.Take("cpu"u8, "{}"u8);

        Assert.Equal(1, catalog.View.Damaged);
        Assert.Equal("lstm@1", catalog.Champion?.Name);
    }

    [Fact]
    public void Take_FormOfALaterProgram_IsRefusedWithWhatToDo()
    {
        var later = new StateEnvelope(0);
        var buffer = (ArrayBufferWriter<byte>)later.Begin();
        buffer.ResetWrittenCount();
        buffer.Write<byte>([StateEnvelope.Version + 1, 1, 2, 3]);
        byte[] value = later.Seal("champion"u8).ToArray();

        var refused = Assert.Throws<ModelsRefusedException>(() => new VersionCatalog().Take("champion"u8, value));

        Assert.Contains("newer version", refused.Message, StringComparison.Ordinal);
    }

    private static void AssertWhole(VersionCatalog catalog)
    {
        foreach ((int id, CatalogEntry entry) in catalog.View.Versions)
        {
            if (entry.Whole is { } whole)
            {
                Assert.Equal(id, whole.Id);
                Assert.Equal(ModelsLog.Parameters(id).Values, whole.Parameters().Values);
            }
        }

        Assert.True(catalog.Champion is null || catalog.Champion.Id == catalog.View.Champion!.Id);
    }

    private static void AssertSame(VersionCatalog expected, VersionCatalog actual)
    {
        Assert.Equal(expected.View.Versions.Count, Wholes(expected).Count());
        Assert.Equal(expected.View.Champion, actual.View.Champion);
        Assert.Equal(Wholes(expected), Wholes(actual));
    }

    private static IEnumerable<(int Id, string Hash)> Wholes(VersionCatalog catalog) =>
        from id in Enumerable.Range(1, Ids)
        let version = catalog.View.Find(id)
        where version is not null
        select (id, version.Manifest.Hash);
}
